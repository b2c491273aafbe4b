/// A request to D-Store, recorded with its identity and its bytes before the first byte is sent.
///
/// The caller states what it is; the ledger adds how it goes. All times are milliseconds since
/// 1970, all digests SHA-256 in hex.
package struct SyncRequest: Hashable, Sendable {
  package enum Kind: String, Sendable {
    /// The whole catalogue: what it does not name is delisted.
    case full
    case statusUpdate
  }

  package enum State: String, Sendable {
    case open
    case accepted
    case refused
    /// Nobody knows whether D-Store has it, and it is not tried any more.
    case givenUp
    /// The same, and a newer list of its store was opened in its place.
    case superseded
  }

  /// Every repeat carries the same one.
  package let requestId: String
  package let scope: Scope
  package let api: String
  /// The store's id at the POS.
  package let store: String
  package let catalogue: String?
  package let kind: Kind
  /// The file that holds the body's bytes; every repeat sends the same.
  package let bodyPath: String
  package let bodyDigest: String
  /// The full payload that is the store's base once this request is accepted.
  package let basePath: String
  package let productsDigest: String
  package let recipe: String
  /// Of the one source file, so that an equal one need not be parsed; nothing for several.
  package let sourceDigest: String?
  package let productCount: Int
  package let createdAt: Int64

  package internal(set) var state = State.open
  /// How often it was sent.
  package internal(set) var tries = 0
  /// Not to be sent again before; nothing once it has ended, or may be sent at once.
  package internal(set) var nextTryAt: Int64?
  /// What came of the last try.
  package internal(set) var last: Attempt?

  /// Whether it may be sent again. What was tried later than now was put off by a clock that has
  /// been put back since.
  ///
  /// - Parameter now: in milliseconds since 1970.
  package func isDue(at now: Int64) -> Bool {
    nextTryAt ?? 0 <= now || last?.at ?? 0 > now
  }

  /// When it was sent last, or made.
  package var restsSince: Int64 { last?.at ?? createdAt }
  package internal(set) var endedAt: Int64?
  /// The ids of the files behind it.
  package internal(set) var files: [Int64] = []

  package init(
    requestId: String, scope: Scope, api: String, store: String, catalogue: String? = nil,
    kind: Kind, bodyPath: String, bodyDigest: String, basePath: String, productsDigest: String,
    recipe: String, sourceDigest: String? = nil, productCount: Int, createdAt: Int64
  ) {
    self.requestId = requestId
    self.scope = scope
    self.api = api
    self.store = store
    self.catalogue = catalogue
    self.kind = kind
    self.bodyPath = bodyPath
    self.bodyDigest = bodyDigest
    self.basePath = basePath
    self.productsDigest = productsDigest
    self.recipe = recipe
    self.sourceDigest = sourceDigest
    self.productCount = productCount
    self.createdAt = createdAt
  }
}

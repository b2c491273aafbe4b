/// What D-Store accepted last for a store: the base that "unchanged" is measured against.
package struct AcceptedSync: Hashable, Sendable {
  package let scope: Scope
  package let store: String
  package let requestId: String
  package let catalogue: String?
  /// The full payload.
  package let payloadPath: String
  package let productsDigest: String
  package let recipe: String
  /// Of the one source file behind it; an equal file need not be parsed.
  package let sourceDigest: String?
  package let productCount: Int
  /// In milliseconds since 1970.
  package let acceptedAt: Int64
  /// False after a request was given up: D-Store may hold something else, so the next sync must be
  /// a full one whatever has changed.
  package var isKnown: Bool
}

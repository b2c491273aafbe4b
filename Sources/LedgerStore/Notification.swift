package import Records

/// A notifyOrderChange, recorded with its identity and its bytes before the first byte is sent.
/// All times are milliseconds since 1970.
package struct Notification: Hashable, Sendable {
  package enum State: String, Sendable {
    case queued
    case accepted
    /// D-Store refused it; it does not hold up what follows.
    case refused
    /// It was not sent: the channel ended its order first.
    case superseded
  }

  package let id: Int64
  /// Every repeat carries the same one.
  package let requestId: String
  /// The order's row.
  package let order: Int64
  /// D-Store's id of the order.
  package let requestOrderId: String
  package let account: String
  package let store: String
  /// The row of the change that it comes from.
  package let change: Int64
  package let mapping: String
  /// Where the POS said it.
  package let place: Place
  package let body: [UInt8]
  /// What it says, without requestId and requestOrderId.
  package let fields: [OrderChange.Field]
  package let orderStatus: String?
  package let refund: Amount?
  /// The POS left this step of the journey out.
  package let isFilledIn: Bool
  package let state: State
  /// How often it was sent.
  package let tries: Int
  /// Not to be sent again before; nothing where it may be sent at once, or has ended.
  package let nextTryAt: Int64?
  /// What came of the last try.
  package let last: Attempt?
  package let createdAt: Int64
  package let endedAt: Int64?
}

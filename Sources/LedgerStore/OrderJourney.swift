/// How an order came to where it is, for a person to look at. All times are milliseconds since
/// 1970.
package struct OrderJourney: Hashable, Sendable {
  package let order: Int64
  package let requestOrderId: String
  package let channelOrderId: String?
  package let posOrderId: String
  package let shortOrderNumber: String?
  package let store: String
  package let status: String
  package let receivedAt: Int64
  /// In their order, those included that D-Store has not been told yet.
  package let steps: [OrderStep]
  /// How many notifications D-Store has not decided on.
  package let queued: Int
  /// How many D-Store refused, as long as a person must look at them.
  package let refused: Int
  /// When the first of those that are queued is sent again at the earliest.
  package let nextTryAt: Int64?
  /// The last try of any of its notifications, and what came of it.
  package let last: Attempt?
}

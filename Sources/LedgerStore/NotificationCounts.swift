/// How many changes of orders are under way, or need a person.
package struct NotificationCounts: Hashable, Sendable {
  /// Notifications that D-Store has not decided on.
  package let queued: Int
  /// Changes that were not fit to be sent, and notifications that D-Store refused, as long as a
  /// person must look at them.
  package let refused: Int
  /// Changes whose refund a person must let go.
  package let held: Int
  /// Changes whose orders nobody knows yet.
  package let waiting: Int
}

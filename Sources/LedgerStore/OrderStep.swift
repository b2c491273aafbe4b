/// A status that an order was given. All times are milliseconds since 1970.
package struct OrderStep: Hashable, Sendable {
  package enum Origin: String, Sendable {
    /// Every order begins with it.
    case initial
    /// The channel said so.
    case channel
    /// The POS said so, or left the step out and it was filled in; D-Store is told.
    case pos
  }

  package let status: String
  package let origin: Origin
  /// When the POS says that it was set.
  package let changedAt: Int64?
  /// When it was recorded.
  package let at: Int64

  package init(_ status: String, _ origin: Origin, changedAt: Int64? = nil, at: Int64) {
    self.status = status
    self.origin = origin
    self.changedAt = changedAt
    self.at = at
  }
}

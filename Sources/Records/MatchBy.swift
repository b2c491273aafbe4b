/// By which of its ids a line of a status file names an order.
package enum MatchBy: String, Hashable, Sendable, CaseIterable {
  /// D-Store's.
  case requestOrderId
  /// Ours.
  case posOrderId
  /// The channel's, such as GrabFood's.
  case channelOrderId
  /// What the POS calls it for the day; it comes again, so recent orders only.
  case shortOrderNumber
}

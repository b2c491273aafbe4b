package import Records

/// Whoever keeps the orders. It answers only when what it says is durable.
package protocol OrderDesk: Sendable {
  func take(_ order: ReceivedOrder) async -> DeskAnswer
  func take(_ change: ReceivedChange) async -> DeskAnswer
  /// Records that a call was refused, so that a person hears of it; but the same order as before
  /// gets the same answer as before, although its store may have left the settings since.
  func take(_ call: RefusedCall) async -> DeskAnswer
  /// Counts a call that bears D-Store's client id and is not proven to be D-Store's; never waits.
  ///
  /// - Parameter now: in milliseconds since 1970.
  func noteUnverified(at now: Int64)
  func state(of requestOrderId: String) async -> DeskState
  /// Why no order could be stored now; nothing where one could.
  func trouble() async -> Problem?
  /// What a person should fix although orders can be stored; `nil` where nothing is.
  func attention() -> Problem?
}

/// What came of asking that an order goes to the POS again.
package enum AgainOutcome: Hashable, Sendable {
  /// It will, marked as a repeat.
  case willGo
  /// It has not gone yet, and will without being asked.
  case isUnderWay
  /// It waits for approval.
  case isHeld
  /// The customer's data was purged, and with it what would go.
  case isPurged
  /// The ledger knows no such order.
  case unknownOrder
}

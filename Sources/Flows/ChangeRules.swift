package import Contract
package import Records
package import RowMapping

/// What decides about the changes of a mapping's files, besides the orders themselves.
package struct ChangeRules: Sendable {
  package let journey: Contract.Journey
  /// The contract's field for the status.
  package let statusField: Contract.Field?
  package let fillsJourney: Bool
  package let refunds: StatusMapping.Refunds
  /// How long a change waits for an order that nobody knows.
  package let waitForOrder: Duration
  /// The mapping as the user knows it.
  package let mapping: String
  /// The merchant's, for times in messages.
  package let zone: Zone

  package init(_ mapping: StatusMapping, contract: Contract, zone: Zone) {
    self.init(
      contract: contract, fillsJourney: mapping.fillsJourney, refunds: mapping.refunds,
      waitForOrder: mapping.waitForOrder, mapping: mapping.file.path, zone: zone)
  }

  package init(
    contract: Contract, fillsJourney: Bool, refunds: StatusMapping.Refunds,
    waitForOrder: Duration, mapping: String, zone: Zone
  ) {
    journey = contract.journey
    statusField = contract.messages["notifyOrderChange"]?.field(.orderStatus)
    self.fillsJourney = fillsJourney
    self.refunds = refunds
    self.waitForOrder = waitForOrder
    self.mapping = mapping
    self.zone = zone
  }
}

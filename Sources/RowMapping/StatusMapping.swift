package import Contract
package import Records
import Templates

/// A mapping of `kind: order-status`, compiled.
///
/// It goes through the stages of a ``ProductMapping``: ``StatusMappingReader`` compiles it,
/// ``StatusMapper`` takes record after record of one file and makes an ``OrderChange`` of each.
package struct StatusMapping {
  /// What an amount in the POS's refund column is.
  package enum Refunds: String, Hashable, Sendable, CaseIterable {
    /// One refund, besides those of other lines.
    case delta
    /// All that was refunded so far.
    case cumulative
  }

  package let plan: RecordPlan
  /// What a record says about its order.
  let change: ProductTemplate
  let order: Template
  package let matchBy: MatchBy
  let changedAt: Template?
  package let refunds: Refunds
  /// Whether steps of the journey that the POS leaves out are filled in.
  package let fillsJourney: Bool
  /// How long a change waits for an order that is not known.
  package let waitForOrder: Duration
  package let badRows: BadRowPolicy
  package let tests: [MappingTest]
  /// Fields of the contract that a change may fill, for `check`.
  package let fieldsInUse: [Contract.Field]

  package var file: MappingFile { plan.file }
}

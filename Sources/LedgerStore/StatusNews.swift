package import Records

/// What was decided about one line of a status file, or anew about an earlier change.
package struct StatusNews: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// There is nothing to send; the line counts as seen.
    case done
    /// One behind the other.
    case queued([NotificationDraft])
    /// A person says that D-Store was told of it before the ledger was copied back.
    case toldBefore([NotificationDraft])
    /// Its refund goes only when a person lets it go; the rest of it goes now. Or it has no order,
    /// and nothing of it goes, until a person says which one is meant.
    case held(Problem, meanwhile: [NotificationDraft])
    case refused(Problem)
    /// Nobody knows its order yet; in milliseconds since 1970.
    case waiting(until: Int64)
  }

  /// The id of the file that says it, in the ledger.
  package var file: Int64?
  package var mapping: String
  package var change: OrderChange
  /// The order's row; nothing where no order, or more than one, was found.
  package var order: Int64?
  /// Of the order's standing when this was decided.
  package var version: Int64?
  /// Its place among equal lines of its file, from 1; `nil` if it counts as no line.
  package var seenCount: Int?
  package var outcome: Outcome
  /// The change that this decides anew.
  package var earlier: Int64?

  package init(
    file: Int64? = nil, mapping: String, change: OrderChange, order: Int64? = nil,
    version: Int64? = nil, seenCount: Int? = nil, outcome: Outcome, earlier: Int64? = nil
  ) {
    self.file = file
    self.mapping = mapping
    self.change = change
    self.order = order
    self.version = version
    self.seenCount = seenCount
    self.outcome = outcome
    self.earlier = earlier
  }
}

extension StatusNews {
  /// The refund that the line says; 0.00 is none.
  var refund: Amount? { change.refund.flatMap { $0.value > 0 ? $0 : nil } }
}

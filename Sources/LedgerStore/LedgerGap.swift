/// A time whose work the ledger has no record of: it was copied back from a backup, or begun anew.
/// All times are milliseconds since 1970.
package struct LedgerGap: Hashable, Sendable {
  /// Whether the ledger was begun anew, and so knows nothing from before.
  package let isNew: Bool
  /// Until when the ledger was at work that was copied back; `nil` where it does not say.
  package let since: Int64?
  /// When the other ledger was at work last, to about a minute; `nil` where no mark says it.
  package let until: Int64?
  package let noticedAt: Int64
}

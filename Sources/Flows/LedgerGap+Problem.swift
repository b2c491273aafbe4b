package import LedgerStore
package import Records

extension LedgerGap {
  /// What a person must know: which time is missing, what is held, and how to go on.
  ///
  /// - Parameter zone: the merchant's.
  package func problem(in zone: Zone) -> Problem {
    func time(_ milliseconds: Int64?) -> String? {
      milliseconds.map { WireTime.text(epochMilliseconds: $0, zone: zone) }
    }
    let from = time(since).map { " from \($0)" } ?? ""
    let until = time(until).map { " until \($0)" } ?? ""
    let remedy =
      "Orders that were written to Outbox/ before and come again, and refunds of orders from before, "
      + "wait for approval: dstore-connector status lists them. The next list of each store is a "
      + "whole one; dstore-connector resync STORE sends it at once."
    guard isNew else {
      return Problem(
        "ledger-copied-back",
        "the ledger was copied back from a backup, and does not know what was done\(from)\(until)",
        remedy: remedy)
    }
    return Problem(
      "ledger-new", "the ledger was begun anew, and does not know what was done\(until)",
      remedy: remedy)
  }
}

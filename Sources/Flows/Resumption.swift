package import InboxFiles
package import LedgerStore
package import Records

/// Brings a file back to where it was found, so that the next pass takes it as if it were new.
package struct Resumption {
  private let inbox: Inbox
  private let ledger: Ledger

  package init(inbox: Inbox, ledger: Ledger) {
    self.inbox = inbox
    self.ledger = ledger
  }

  /// - Throws: where the file is not there any more, or a newer one has its name.
  package func bringBack(_ file: FileRecord) throws(Problem) {
    if file.stays { return try ledger.forget(file.scope, names: [file.name]) }
    guard let target = file.target else {
      throw Problem(
        "no-file", at: Place(file: "Inbox/\(file.name)"), "the file is not kept any more",
        remedy: "Export it again.")
    }
    // Of one that went on without some rows it is all that is known of them until they are read again.
    if file.outcome == .rejected || file.outcome == .held {
      try inbox.removeReports(beside: target)
    }
    try inbox.file(target, to: try inbox.freeName(file.name, for: target))
  }
}

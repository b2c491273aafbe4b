package import InboxFiles
package import LedgerStore
package import Records
import RowMapping
package import Settings

/// Has the last export of a store read again, so that the next pass sends its whole list although
/// nothing in it has changed.
package struct Resync {
  private let settings: Settings
  private let shelf: MappingShelf
  private let inbox: Inbox
  private let ledger: Ledger

  package init(settings: Settings, shelf: MappingShelf, inbox: Inbox, ledger: Ledger) {
    self.settings = settings
    self.shelf = shelf
    self.inbox = inbox
    self.ledger = ledger
  }

  /// Brings the export back to where the next pass takes it. In any case the next list of the store
  /// is a whole one.
  ///
  /// - Parameter name: the posStoreId.
  /// - Throws: where there is no such store, its last list is undecided, or no export is at hand.
  package func prepare(_ name: String) throws(Problem) {
    let scope = try scope(of: name)
    if let open = try ledger.openRequests(scope, store: name).first {
      throw Problem(
        "open-request", value: open.requestId,
        "D-Store has not decided on the last list of store \(name) yet",
        remedy: "dstore-connector run repeats it; try again when it is decided.")
    }
    guard let accepted = try ledger.accepted(scope, store: name) else {
      throw missing("no list of store \(name) was ever accepted")
    }
    try ledger.loseBase(scope, store: name)
    let files = try exports(of: accepted)
    if let mapping = files.first?.mapping, try hasNewer(mapping) { return }
    for file in files { try check(file, of: name, accepted) }
    for file in files { try Resumption(inbox: inbox, ledger: ledger).bringBack(file) }
  }

  private func scope(of name: String) throws(Problem) -> Scope {
    if let store = settings.stores.first(where: { $0.posStoreId == name }) {
      return Scope(settings, account: store.posAccountId)
    }
    throw Problem(
      "unknown-store", value: name, "connector.yaml names no such store",
      remedy: "It names: \(settings.stores.map(\.posStoreId).joined(separator: ", ")).")
  }

  private func exports(of accepted: AcceptedSync) throws(Problem) -> [FileRecord] {
    var files: [FileRecord] = []
    for id in try ledger.request(accepted.requestId)?.files ?? [] {
      if let file = try ledger.file(id) { files.append(file) }
    }
    if files.isEmpty {
      throw missing("the export of store \(accepted.store) is not known any more")
    }
    return files
  }

  /// Whether an export that was not taken yet is in the inbox: it goes as a whole list.
  private func hasNewer(_ mapping: String) throws(Problem) -> Bool {
    guard let file = shelf.inboxMappings.first(where: { $0.file.name == mapping })?.file,
      file.afterDone != .keep
    else { return false }
    return try inbox.listing().files.contains { candidate in
      file.files.contains { Inbox.matches(candidate.name, pattern: $0.pattern) }
    }
  }

  private func check(
    _ file: FileRecord, of store: String, _ accepted: AcceptedSync
  ) throws(Problem) {
    let place = file.stays ? file.name : file.target
    guard let place, inbox.holds(place) else {
      throw missing(
        "the export of store \(store), Inbox/\(place ?? file.name), is not kept any more")
    }
    if !file.stays, let gap = try ledger.gaps().first, accepted.acceptedAt <= gap.noticedAt {
      throw missing(
        "the ledger was copied back from a backup, and the export that it knows of store \(store), "
          + "Inbox/\(place), may be older than what D-Store has")
    }
  }

  private func missing(_ message: String) -> Problem {
    Problem(
      "no-export", message,
      remedy: "Have the POS export again; the next list of the store is a whole one.")
  }
}

import ArgumentParser
import Flows
import InboxFiles
import LedgerStore
import Records
import Settings

struct ResyncCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resync",
    abstract: "Send a store's whole list again, although nothing in it has changed.",
    discussion: """
      Reads the store's last export again and sends everything in it, for example when D-Store has \
      lost the menu. Where the export is not kept any more, it says so, and the next export goes as \
      a whole list.
      """)

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The store's posStoreId.")
  var store: String

  func run() async throws {
    try await Failing.reported {
      let (folder, settings) = try workspace.settings()
      let place = WorkspaceLedger(workspace: folder, settings: settings)
      try place.checkPresence()
      try KeyRing.check(settings)
      let shelf = try MappingShelf.load(workspace: folder, settings: settings)
      return try await RunLock.holding(settings) { lock in
        let ledger = try place.open()
        defer { ledger.close() }
        try Resync(
          settings: settings, shelf: shelf, inbox: Inbox(root: "\(folder)/Inbox"), ledger: ledger
        ).prepare(store)
        return try await LiveRun(
          folder: folder, settings: settings, shelf: shelf, lock: lock
        ).pass { report, shelf in
          RunPrinter(report: report, shelf: shelf).print(asJSON: false)
        }
      }
    }
  }
}

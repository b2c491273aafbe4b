import ArgumentParser
import Flows
import LedgerStore
import Records
import Settings

struct DismissCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss",
    abstract: "Settles what needs a person and was seen to: nothing of it is sent.",
    discussion: """
      With an order's id: refunds that are held, and what was refused of it; of what is held because \
      the ledger was copied back: refunds and order files that had gone out before. With a file's \
      name: a file that is lost, or that no run could bring to its place; what of it is still in \
      Inbox/.work goes back to the inbox with the next run; or a file that went on without some of its \
      rows. With a name that status proposes: calls that were refused, or what waits since \
      connector.yaml named another environment or client.
      """)

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The order's id, the file's name, or what else run and status propose.")
  var name: String

  func run() async throws {
    try await Failing.reported {
      let (folder, settings) = try workspace.settings(needsPrivateKey: false)
      let shelf = try MappingShelf.load(workspace: folder, settings: settings)
      let ledger = try WorkspaceLedger(workspace: folder, settings: settings).open()
      defer { ledger.close() }
      let wiring = Wiring(workspace: folder, settings: settings, shelf: shelf)
      let line = LiveLine(settings: settings, contract: shelf.contract)
      let count =
        try ChangeResumption(
          bench: wiring.workbench(ledger, line: line, progress: ProgressLine()), shelf: shelf
        ).dismiss(name)
        + UnheardOrders(ledger: ledger, settings: settings).dismiss(name, at: Clock.milliseconds())
      if count > 0 {
        Terminal.say("\(name): \(count) item(s) settled.")
      } else {
        try await dismissFile(ledger, settings)
        Terminal.say("\(name): settled.")
      }
      return .done
    }
  }

  /// Settles a file that was set aside, is lost, or went on without some of its rows.
  private func dismissFile(_ ledger: Ledger, _ settings: Settings) async throws {
    let wanted = name.hasPrefix("Inbox/") ? String(name.dropFirst(6)) : name
    let partial = try ledger.attention(Scope(filesOf: settings)).partial
    let files = try (ledger.filesSetAside() + ledger.lostFiles() + partial)
      .filter { $0.name == wanted }
    guard !files.isEmpty else {
      throw Problem(
        "nothing-waits", value: name, "nothing of an order or a file of this name needs a person",
        remedy: "dstore-connector status shows what does; a rejected file is deleted by hand.")
    }
    try await RunLock.holding(settings) { _ in
      for file in files { try ledger.dismiss(file: file.id, at: Clock.milliseconds()) }
    }
  }
}

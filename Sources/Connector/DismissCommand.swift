import ArgumentParser
import Flows
import LedgerStore
import Records
import Settings

struct DismissCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dismiss",
    abstract: "Settles what the POS said of an order and a person saw to: nothing of it is sent.",
    discussion: """
      For refunds that are held, and for what was refused, when it is dealt with. For refunds and \
      order files that are held because the ledger was copied back: they had gone out before.
      """)

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The order's id, as run and status show it.")
  var order: String

  func run() async throws {
    try await Failing.reported {
      let (folder, settings) = try workspace.settings()
      let shelf = try MappingShelf.load(workspace: folder, settings: settings)
      let ledger = try WorkspaceLedger(workspace: folder, settings: settings).open()
      defer { ledger.close() }
      let wiring = Wiring(workspace: folder, settings: settings, shelf: shelf)
      let line = LiveLine(settings: settings, contract: shelf.contract)
      let count = try ChangeResumption(
        bench: wiring.workbench(ledger, line: line, progress: ProgressLine()), shelf: shelf
      ).dismiss(order)
      guard count > 0 else {
        throw Problem(
          "nothing-waits", value: order, "nothing of an order of this name needs a person",
          remedy: "dstore-connector status shows what does; a rejected file is deleted by hand.")
      }
      Terminal.say("\(order): \(count) item(s) settled.")
      return .done
    }
  }
}

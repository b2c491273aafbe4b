import ArgumentParser
import Flows
import LedgerStore
import Records
import Settings

struct ApproveCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "approve",
    abstract:
      "Release what is held for approval: an export, a refund, an order after a copied-back ledger.",
    discussion: """
      With the name of a folder, such as Outbox/orders, it says that orders are to go there although \
      a share was mounted there before.
      """)

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The name of the file or folder, or the order's id, as run and status show it.")
  var name: String

  func run() async throws {
    try await Failing.reported {
      if let folder { return try approve(folder) }
      return try await TakeUp(workspace: workspace, name: name, outcome: .held).run()
    }
  }

  /// The folder of the outbox that is meant; nothing where it is none.
  private var folder: String? {
    let parts = name.split(separator: "/")
    return parts.first == "Outbox" ? parts.dropFirst().joined(separator: "/") : nil
  }

  private func approve(_ folder: String) throws -> Exit {
    let (root, settings) = try workspace.settings()
    let shelf = try MappingShelf.load(workspace: root, settings: settings)
    let ledger = try WorkspaceLedger(workspace: root, settings: settings).open()
    defer { ledger.close() }
    guard try ledger.forgetDisks(to: folder) else {
      throw Problem(
        "no-folder", value: name, "no order was ever written to this folder",
        remedy: "dstore-connector status shows what waits, and for which folder.")
    }
    return try Wiring(workspace: root, settings: settings, shelf: shelf).writeOrders(ledger)
  }
}

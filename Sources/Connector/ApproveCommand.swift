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
      a share was mounted there before. With that of a mapping of orders that is gone, such as \
      Mappings/pos.yaml, it says that the mapping is not to come back.
      """)

  @OptionGroup var workspace: WorkspaceOption
  @Argument(
    help: "The name of the file, folder or mapping, or the order's id, as run and status show it.")
  var name: String

  func run() async throws {
    try await Failing.reported {
      if let folder { return try approve(folder) }
      if let mapping { return try giveUp(mapping) }
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

  /// The mapping that is meant; `nil` where it is none.
  private var mapping: String? {
    let parts = name.split(separator: "/")
    guard parts.count == 2, parts[0] == "Mappings" else { return nil }
    return parts[1].hasSuffix(".yaml") ? String(parts[1].dropLast(5)) : nil
  }

  private func giveUp(_ mapping: String) throws -> Exit {
    let (root, settings) = try workspace.settings()
    let shelf = try MappingShelf.load(workspace: root, settings: settings)
    guard !shelf.orders.has(mapping) else {
      throw Problem(
        "mapping-there", value: name, "this mapping is there, so no order waits for its approval",
        remedy: "dstore-connector check says what is wrong with it, and status what waits.")
    }
    let ledger = try WorkspaceLedger(workspace: root, settings: settings).open()
    defer { ledger.close() }
    guard
      try ledger.giveUp(
        mapping: mapping, Scope(ordersOf: settings), at: Clock.milliseconds())
    else {
      throw Problem(
        "no-mapping", value: name, "no mapping of orders of this name was ever there",
        remedy: "dstore-connector status shows what waits, and for what.")
    }
    Terminal.say("\(name): given up; orders go on without it.")
    return try Wiring(workspace: root, settings: settings, shelf: shelf).writeOrders(ledger)
  }
}

import ArgumentParser
import Flows
import LedgerStore
import Records
import Settings

struct ResendCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resend",
    abstract: "Writes an order's file again, under a new name.",
    discussion: """
      For an order that the POS has lost; it may come out twice in the kitchen. With --plain also for \
      one that waits because its mapping cannot write it, or is gone: the order, and each change of \
      it that waits, is written as D-Store's own JSON.
      """)

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "D-Store's id of the order, ours, or the channel's.")
  var order: String
  @Flag(help: "Write it as D-Store's own JSON, whatever the mappings say.")
  var plain = false

  func run() async throws {
    try await Failing.reported {
      let (folder, settings) = try workspace.settings()
      let shelf = try MappingShelf.load(workspace: folder, settings: settings)
      let ledger = try WorkspaceLedger(workspace: folder, settings: settings).open()
      defer { ledger.close() }
      try ask(ledger, settings)
      return try Wiring(workspace: folder, settings: settings, shelf: shelf).writeOrders(ledger)
    }
  }

  private func ask(_ ledger: Ledger, _ settings: Settings) throws(Problem) {
    let scope = Scope(ordersOf: settings)
    var found: HeldOrder?
    for key in [MatchBy.requestOrderId, .posOrderId, .channelOrderId] where found == nil {
      found = try ledger.order(scope, key, order)
    }
    guard let found else { throw unknown }
    switch try ledger.releaseAgain(order: found.id, isPlain: plain) {
    case .willGo: return
    case .unknownOrder: throw unknown
    case .isUnderWay:
      throw Problem(
        "not-written-yet", value: order, "the order's file was not written yet, and will be",
        remedy: "dstore-connector status says what it waits for; with --plain it is written as "
          + "D-Store's own JSON.")
    case .isHeld:
      throw Problem(
        "not-written-yet", value: order, "the order's file waits for approval",
        remedy: "\(ShellCommand.line("approve", order)) writes it.")
    case .isPurged:
      throw Problem(
        "purged", value: order, "the customer's data is not kept any more, and with it the order's",
        remedy: "retention: in connector.yaml says for how long it is kept.")
    }
  }

  private var unknown: Problem {
    Problem(
      "unknown-order", value: order, "there is no order of this id",
      remedy: "dstore-connector status lists the last ones.")
  }
}

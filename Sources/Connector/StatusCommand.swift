import ArgumentParser
import Contract
import Flows
import InboxFiles
import LedgerStore
import OrderGateway
import OutboxFiles
import Records
import Settings

struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status",
    abstract: "Shows what went out, what waits, and what needs a person.")

  @OptionGroup var workspace: WorkspaceOption
  @Flag(help: "Print one JSON object instead of words.")
  var json = false

  func run() async throws {
    try await Failing.reported(asJSON: json) {
      let (folder, settings) = try workspace.settings(needsPrivateKey: false)
      let ledger = try WorkspaceLedger(workspace: folder, settings: settings).look()
      defer { ledger?.close() }
      let inbox = Inbox(root: "\(folder)/Inbox")
      let now = Clock.milliseconds()
      let (shelf, faults) = shelf(folder, settings, ledger)
      var status = try StatusReport(settings, inbox: inbox, ledger: ledger, shelf: shelf, at: now)
      status.wrong = KeyRing.problems(forLooking: settings) + faults + status.wrong
      let run = RunLock.holder(folder: settings.state)
      status.problems +=
        [run?.problem(at: now), Ledger.ownersProblem(folder: settings.state)].compactMap { $0 }
      status.problems += ledger?.warnings ?? []
      status.problems += WorkspaceCheck.inboxProblems(inbox, shelf)
      status.problems += certificateProblems(settings)
      if let ledger { status.problems += try untakenFiles(folder, settings, ledger) }
      if let orders = shelf?.orders {
        status.problems += WorkspaceCheck.outboxProblems(folder, settings, orders)
        if let used = try ledger?.usedMappings(Scope(ordersOf: settings)) {
          status.problems += GoneMappings(used, orders).problems
        }
      }
      let printer = StatusPrinter(
        status: status, run: run, zone: settings.timeZone,
        remedy: { code in shelf?.contract.remedy(for: code) ?? "" })
      return printer.print(asJSON: json)
    }
  }

  /// - Returns: `nil` and why, where the mappings cannot be read.
  private func shelf(
    _ folder: String, _ settings: Settings, _ ledger: Ledger?
  ) -> (MappingShelf?, [Problem]) {
    do throws(Problems) {
      let shelf = try MappingShelf.load(workspace: folder, settings: settings)
        .usingLastGood(of: ledger, workspace: folder, settings: settings)
      return (shelf, [])
    } catch {
      return (nil, error.all)
    }
  }

  /// What is to be removed although the POS has not taken it.
  private func untakenFiles(
    _ folder: String, _ settings: Settings, _ ledger: Ledger
  ) throws(Problem) -> [Problem] {
    var files = UntakenFiles(outbox: Outbox(root: "\(folder)/Outbox"), now: Clock.milliseconds())
    try files.look(ledger, Scope(ordersOf: settings))
    return [files.problem(in: settings.timeZone)].compactMap { $0 }
  }

  /// A certificate that ends stops all orders, without an error on this machine.
  private func certificateProblems(_ settings: Settings) -> [Problem] {
    guard let dates = LiveGateway.certificateDates(settings) else { return [] }
    let (now, zone) = (Clock.milliseconds(), settings.timeZone)
    return [dates.problem(at: now, in: zone), dates.warning(at: now, in: zone)].compactMap { $0 }
  }
}

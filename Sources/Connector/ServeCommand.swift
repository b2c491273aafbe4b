import ArgumentParser
import Flows
import LedgerStore
import OrderGateway
import Records
import Settings
import UnixSignals

struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Takes orders: the endpoint that D-Store calls, until it is told to stop.",
    discussion: """
      An order is recorded, answered, and written to Outbox/orders/. SIGTERM or Ctrl-C ends it; \
      what has begun is finished. Each request is one line on standard output, trouble goes to \
      standard error; where nobody reads them, lines are dropped, and their number is told later.
      """)

  @OptionGroup var workspace: WorkspaceOption
  @Flag(help: "Say nothing of requests that went well.")
  var quiet = false

  func run() async throws {
    try await Failing.reported {
      let log = Log(isQuiet: quiet)
      defer { log.end() }
      let (folder, settings) = try workspace.settings()
      let place = try place(settings)
      try KeyRing.check(settings)
      try LiveGateway.check(settings)
      var shelf = try MappingShelf.load(workspace: folder, settings: settings)
      let ledger = try WorkspaceLedger(workspace: folder, settings: settings).open()
      defer { ledger.close() }
      shelf = try shelf.usingLastGood(of: ledger, workspace: folder, settings: settings)
      log.error(shelf.problems + ledger.warnings)
      log.error(try ledger.untoldGaps().map { $0.problem(in: settings.timeZone) })
      try ledger.expectOrders()
      let gateway = LiveGateway(
        settings: settings, contract: shelf.contract, keys: try KeyRing(settings), ledger: ledger)
      try await serve(gateway, at: place, folder, known: shelf.problems, log)
      return .done
    }
  }

  private func serve(
    _ live: LiveGateway, at place: GatewaySettings, _ folder: String, known: [Problem], _ log: Log
  ) async throws {
    // Before anybody can know that it listens: the first SIGTERM ends it in order, too.
    let signals = await UnixSignalsSequence(trapping: .sigterm, .sigint)
    let (pump, mappings) = (OutboxPump(), MappingTrouble())
    let gateway = try await live.start(
      at: place, mappings: mappings, stored: { pump.wake() }, observer: { log.tell($0) })
    let (ledger, settings) = (live.ledger, live.settings)
    pump.start({ Wiring.outboxRelease(ledger, settings, folder, mappings) }, known: known) {
      log.tell($0)
    }
    log.say("Listening on \(gateway.address) for \(live.settings.stores.count) store(s).")
    let ending = Task {
      for await _ in signals { return await gateway.stop() }
    }
    try await gateway.run()
    ending.cancel()
    pump.stop()
    log.say("Stopped; what had begun is finished.")
  }

  private func place(_ settings: Settings) throws(Problems) -> GatewaySettings {
    if let gateway = settings.gateway { return gateway }
    if settings.environment == .simulator { return .loopback }
    throw Problems([
      Problem(
        "no-gateway", at: Place(file: Settings.file),
        "nothing says where D-Store calls (gateway:)",
        remedy: "Add gateway: {listen: 0.0.0.0:8443, certificate: FILE, privateKey: FILE}.")
    ])
  }
}

extension Log {
  fileprivate func tell(_ event: GatewayEvent) {
    if event.needsAttention { error(event.line) } else { mention(event.line) }
  }

  fileprivate func tell(_ report: OutboxReport) {
    for name in report.written { mention("Outbox/\(name): written") }
    for problem in report.problems { error(report.words(problem)) }
  }
}

import Contract
import DStoreAPI
import Glibc
import InboxFiles
import LedgerStore
import OutboxFiles
import Records
import Settings
import Signing
import Simulator
import Synchronization
import TestSupport

@testable import Flows

/// A shop whose POS exports products, D-Store's stand-in in this process, and a clock that is set.
final class ProductShop: Sendable {
  static let menu = """
    Code,Name,Price
    A1,Laksa,6.50
    A2,Satay,8.00
    A3,Teh,1.80
    A4,Kopi,1.60

    """

  /// One product for each of several stores.
  static func menu(of stores: [String], price: String = "6.50") -> String {
    "Code,Name,Price,Shop\n" + stores.map { "A1,Laksa,\(price),\($0)\n" }.joined()
  }

  let folder = TemporaryFolder()
  let ledger: Ledger
  let faults = Faults()
  private let simulator: Simulator
  private let client: DStoreClient
  private let lost: DStoreClient
  /// Whether D-Store's stand-in is somewhere else.
  private let isAway = Atomic(false)
  private let clock = Mutex(Int64(time(nil)) * 1000)

  private static let key = Result { try KeyPair.generate().privatePEM }

  /// - Parameters:
  ///   - stores: where there are several, each row of an export names its own.
  ///   - more: further lines of connector.yaml.
  init(stores: [String] = ["S-1"], more: String = "") async throws {
    for name in ["Inbox", "Inbox/products", "Outbox", "Mappings", "state"] {
      folder.makeFolder(name)
    }
    folder.write(
      """
      environment: simulator
      posAccountId: kopi
      stores: [\(stores.joined(separator: ", "))]
      currency: SGD
      timeZone: Asia/Singapore
      \(more)

      """, to: "Mappings/connector.yaml")
    folder.write(
      """
      kind: products
      files: products/menu*.csv
      \(stores.count > 1 ? "store: ${Shop}" : "")
      columns: {id: Code, name: Name, price: Price}
      products:
        - {type: SINGLE, posProductId: "${id}", name: "${name}", price: "${price}", status: AVAILABLE}

      """, to: "Mappings/menu.yaml")
    for name in ["pos_private_key.pem", "dstore_private_key.pem"] {
      folder.write(try Self.key.get(), to: "state/\(name)")
    }
    ledger = try Ledger.open(folder: folder.file(".connector"))
    let contract = try Contract.load(overrides: [])
    let log = Log()
    simulator = try await Simulator.start(
      SimulatorConfiguration(folder: folder.file("state"), clientId: "CLIENT1"),
      contract: contract, faults: faults, observer: { log.add($0) })
    self.log = log
    var configuration = DStoreClient.Configuration(
      endpoint: try Endpoint(simulator.address),
      signer: Signer(key: simulator.keys.merchant, clientId: "CLIENT1"),
      verifier: Verifier(key: simulator.keys.dstore.publicKey))
    client = DStoreClient(configuration, contract: contract)
    configuration.endpoint = try Endpoint("http://127.0.0.1:9")
    lost = DStoreClient(configuration, contract: contract)
  }

  func end() async {
    await client.close()
    await lost.close()
    await simulator.stop()
  }

  func drop(_ text: String, as name: String = "menu.csv") {
    folder.write(text, to: "Inbox/products/\(name)")
  }

  /// Nobody listens where D-Store is looked for, from now on or no longer.
  func move(away: Bool) { isAway.store(away, ordering: .sequentiallyConsistent) }

  func pass(_ time: Duration) { clock.withLock { $0 += time.milliseconds } }

  /// What D-Store was sent, whatever it did with it.
  var requests: [SimulatorEvent] { log.all }

  /// The whole job; pauses pass at once, and the clock with them.
  func run(ignoresPauses: Bool = false) async throws -> RunReport {
    let settings = try Settings.load(workspace: folder.path, environment: [:])
    let shelf = try MappingShelf.load(workspace: folder.path, settings: settings)
    let inbox = Inbox(root: folder.file("Inbox"))
    let outbox = Outbox(root: folder.file("Outbox"))
    let now: @Sendable () -> Int64 = { self.clock.withLock { $0 } }
    let bench = Workbench(
      workspace: folder.path, settings: settings, ledger: ledger, inbox: inbox,
      line: Line(made: isAway.load(ordering: .sequentiallyConsistent) ? lost : client),
      policy: RetryPolicy(), now: now, sleep: { self.pass($0) },
      chance: { 0 }, progress: Silence())
    return await ScheduledRun(
      bench: bench, shelf: shelf,
      release: OutboxRelease(
        ledger: ledger, scope: bench.orderScope, outbox: outbox,
        mappings: OrderMappings(workspace: folder.path, settings: settings, ledger: ledger),
        now: now),
      retention: Retention(
        ledger: ledger, outbox: outbox, inbox: inbox, settings: settings, now: now),
      ignoresPauses: ignoresPauses, visit: { _ in .success([]) }
    ).run()
  }

  var status: StatusReport {
    get throws {
      let settings = try Settings.load(workspace: folder.path, environment: [:])
      return try StatusReport(
        settings, inbox: Inbox(root: folder.file("Inbox")), ledger: ledger,
        shelf: MappingShelf.load(workspace: folder.path, settings: settings),
        at: clock.withLock { $0 })
    }
  }

  /// Each request of the ledger: `S-1 accepted 5`, with the number of its tries.
  var standing: [String] {
    get throws {
      let settings = try Settings.load(workspace: folder.path, environment: [:])
      return try ledger.recentRequests(Scope(settings, account: "kopi"), limit: 1000).reversed()
        .map { "\($0.store) \($0.state.rawValue) \($0.tries)" }
    }
  }

  private let log: Log

  private struct Line: DStoreLine {
    let made: DStoreClient
    func client() async throws(Problem) -> DStoreClient { made }
  }

  private struct Silence: Progress {
    func report(_ what: String, fraction: Double?) {}
  }

  private final class Log: Sendable {
    private let events = Mutex<[SimulatorEvent]>([])
    func add(_ event: SimulatorEvent) { events.withLock { $0.append(event) } }
    var all: [SimulatorEvent] { events.withLock { $0 } }
  }
}

extension RunReport {
  /// Each file and what became of it: `products/menu.csv sent`.
  var ends: [String] { files.map { "\($0.name) \($0.outcome.rawValue)" } }
}

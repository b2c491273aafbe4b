import Contract
import DStoreAPI
import Flows
import Glibc
import InboxFiles
import LedgerStore
import Records
import Settings
import Signing
import Simulator
import Synchronization

/// Makes the live parts, all of them here.
struct Wiring {
  let workspace: String
  let settings: Settings
  let contract: Contract
  let progress: ProgressLine

  func workbench(_ ledger: Ledger, line: any DStoreLine) -> Workbench {
    var policy = RetryPolicy()
    policy.warnAfterTries = settings.warnAfterTries
    return Workbench(
      workspace: workspace, settings: settings, ledger: ledger,
      inbox: Inbox(root: "\(workspace)/Inbox"), line: line,
      policy: policy, now: Clock.milliseconds, sleep: { try? await Task.sleep(for: $0) },
      progress: progress)
  }
}

enum Clock {
  /// Milliseconds since 1970.
  @Sendable static func milliseconds() -> Int64 {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// The line to D-Store, or to its stand-in inside this process.
actor LiveLine: DStoreLine {
  private let settings: Settings
  private let contract: Contract
  private var made: DStoreClient?
  private var simulator: Simulator?

  init(settings: Settings, contract: Contract) {
    self.settings = settings
    self.contract = contract
  }

  func client() async throws(Problem) -> DStoreClient {
    if let made { return made }
    let client = DStoreClient(try await configuration(), contract: contract)
    made = client
    return client
  }

  func close() async {
    await made?.close()
    await simulator?.stop()
  }

  private func configuration() async throws(Problem) -> DStoreClient.Configuration {
    guard let endpoint = settings.endpoint else { return try await embedded() }
    let keys = try KeyRing(settings)
    return Self.configuration(
      endpoint, settings, signing: keys.signing, verifying: keys.verifying, trust: settings.trust)
  }

  /// D-Store's stand-in inside this process, with keys of its own.
  private func embedded() async throws(Problem) -> DStoreClient.Configuration {
    var setup = SimulatorConfiguration(
      folder: "\(settings.state)/simulator", clientId: settings.clientId)
    setup.stores = Dictionary(grouping: settings.stores, by: \.posAccountId)
      .mapValues { Set($0.map(\.posStoreId)) }
    let simulator = try await Simulator.start(setup, contract: contract)
    self.simulator = simulator
    return Self.configuration(
      try Endpoint(simulator.address), settings, signing: simulator.keys.merchant,
      verifying: simulator.keys.dstore.publicKey, trust: nil)
  }

  private static func configuration(
    _ endpoint: Endpoint, _ settings: Settings, signing: PrivateKey, verifying: PublicKey,
    trust: String?
  ) -> DStoreClient.Configuration {
    var configuration = DStoreClient.Configuration(
      endpoint: endpoint,
      signer: Signer(
        key: signing, clientId: settings.clientId, keyVersion: settings.keys.version),
      verifier: Verifier(key: verifying), trust: trust)
    let zone = settings.timeZone
    configuration.now = { WireTime.text(epochMilliseconds: Clock.milliseconds(), zone: zone) }
    return configuration
  }
}

/// The keys of the settings, read.
struct KeyRing {
  let signing: PrivateKey
  let verifying: PublicKey

  init(_ settings: Settings) throws(Problem) {
    guard let own = settings.keys.privateKey, let dstore = settings.keys.dstorePublic else {
      throw Problem(
        "missing-key", at: Place(file: Settings.file),
        "keys.private or keys.dstorePublic is missing",
        remedy: "Make a pair with dstore-connector keys, and name it under keys:.")
    }
    signing = try PrivateKey(text: own.text, origin: own.origin)
    verifying = try PublicKey(text: dstore.text, origin: dstore.origin)
  }

  /// Reads the keys before anything is touched, because a file that looks like a key may be none.
  static func check(_ settings: Settings) throws(Problems) {
    guard settings.endpoint != nil else { return }
    do throws(Problem) { _ = try KeyRing(settings) } catch { throw Problems([error]) }
  }
}

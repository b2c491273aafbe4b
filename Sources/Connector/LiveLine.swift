import Contract
import DStoreAPI
import Flows
import LedgerStore
import OrderGateway
import Records
import Settings
import Signing
import Simulator

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

  /// Lets D-Store's stand-in inside this process place its demonstration orders, or cancel one, once
  /// forever, at a gateway of this process. It does so in a run that sent something to it.
  ///
  /// - Returns: what it did, a line each.
  func visit(_ visit: ScheduledRun.Visit, _ ledger: Ledger) async throws(Problem) -> [String] {
    guard let simulator else { return [] }
    let gateway = try await LiveGateway(
      settings: settings, contract: contract, keys: KeyRing(simulator.keys), ledger: ledger
    ).start(at: .anyLoopback, stored: {}, observer: { _ in })
    do throws(Problem) {
      let lines = try await call(gateway.address, visit)
      await gateway.stop()
      return lines
    } catch {
      await gateway.stop()
      throw error
    }
  }

  private func call(
    _ address: String, _ visit: ScheduledRun.Visit
  ) async throws(Problem) -> [String] {
    var configuration = CallingConfiguration(
      folder: settings.simulatorFolder, endpoint: try Endpoint(address),
      clientId: settings.clientId, now: Clock.milliseconds)
    configuration.zone = settings.timeZone
    let caller = try OrderCaller(configuration, contract: contract)
    let stores = settings.stores.map { (account: $0.posAccountId, store: $0.posStoreId) }
    do throws(Problem) {
      let events =
        switch visit {
        case .first: try await caller.placeDemoOrders(in: stores, currency: settings.currency)
        case .second: try await caller.cancelDemoOrder(Self.cancelled).map { [$0] } ?? []
        }
      await caller.close()
      return events.map(\.line)
    } catch {
      await caller.close()
      throw error
    }
  }

  /// The demonstration order that the channel cancels in the end.
  private static let cancelled = 3

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
      folder: settings.simulatorFolder, clientId: settings.clientId)
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
    configuration.patience.whole = Int(settings.requestTimeout.components.seconds)
    let zone = settings.timeZone
    configuration.now = { WireTime.text(epochMilliseconds: Clock.milliseconds(), zone: zone) }
    return configuration
  }
}

import Contract
import DStoreAPI
import Flows
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

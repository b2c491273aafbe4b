import Contract
import Digests
import Records
import Signing
import Synchronization
import TestSupport

@testable import DStoreAPI
@testable import Simulator

/// A simulated D-Store on a real socket, and a client that is set up for it.
final class Scene: Sendable {
  let folder = TemporaryFolder()
  let contract: Contract
  let faults = Faults()
  let simulator: Simulator
  let client: DStoreClient
  private let log = Log()

  /// Made once: it takes longer than everything else in a test.
  private static let merchant = Result { try KeyPair.generate() }
  private static let dstore = Result { try KeyPair.generate() }

  init(
    tls: SimulatorConfiguration.TLS? = nil, patience: Patience = Patience(),
    change: (inout DStoreClient.Configuration) throws -> Void = { _ in }
  ) async throws {
    contract = try Contract.load(overrides: [])
    var setup = SimulatorConfiguration(
      folder: folder.file("state"), clientId: "CLIENT1", stores: ["kopi": ["east"]])
    setup.tls = tls
    try StateFile.makeFolder(setup.folder)
    folder.write(try Self.merchant.get().privatePEM, to: "state/pos_private_key.pem")
    folder.write(try Self.dstore.get().privatePEM, to: "state/dstore_private_key.pem")
    let log = log
    simulator = try await Simulator.start(setup, contract: contract, faults: faults) {
      log.add($0)
    }
    var configuration = DStoreClient.Configuration(
      endpoint: try Endpoint(simulator.address),
      signer: Signer(key: simulator.keys.merchant, clientId: "CLIENT1"),
      verifier: Verifier(key: simulator.keys.dstore.publicKey))
    configuration.patience = patience
    try change(&configuration)
    client = DStoreClient(configuration, contract: contract)
  }

  var events: [SimulatorEvent] { log.all }

  func end() async {
    await client.close()
    await simulator.stop()
  }

  /// A body on disk with so many products.
  func body(_ requestId: String, products: Int = 1) throws -> RequestBody {
    let envelope = try Envelope(
      contract: contract, requestId: requestId, posAccountId: "kopi", posStoreId: "east")
    let writer = try PayloadWriter(path: folder.file("\(requestId).json"), envelope: envelope)
    for number in 0..<products {
      let text =
        #"{"posProductId":"\#(number)","type":"SINGLE","status":"AVAILABLE","name":"Kopi"}"#
      try Bytes.withBytes(of: text) { (view) throws(Problem) in try writer.append(product: view) }
    }
    return .spooled(try writer.finish())
  }

  private final class Log: Sendable {
    private let list = Mutex<[SimulatorEvent]>([])
    var all: [SimulatorEvent] { list.withLock { $0 } }
    func add(_ event: SimulatorEvent) { list.withLock { $0.append(event) } }
  }
}

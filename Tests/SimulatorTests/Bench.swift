import Contract
import JSON
import Records
import Signing
import TestSupport

@testable import Simulator

/// A gateway without a server, and somebody who signs requests for it.
struct Bench {
  let folder: TemporaryFolder
  let contract: Contract
  let gateway: Gateway
  let keys: SimulatorKeys

  private static let pairs = Result {
    [try KeyPair.generate().privatePEM, try KeyPair.generate().privatePEM]
  }

  /// Puts both pairs into a folder; to make them takes longer than everything else in a test.
  static func keys(in folder: TemporaryFolder) throws -> SimulatorKeys {
    for (index, pem) in try pairs.get().enumerated() {
      folder.write(pem, to: ["pos_private_key.pem", "dstore_private_key.pem"][index])
    }
    return try SimulatorKeys(folder: folder.path)
  }

  /// - Parameter folder: that of a bench before it, whose state it takes over.
  init(
    folder: TemporaryFolder = TemporaryFolder(), overrides: String? = nil
  ) throws {
    self.folder = folder
    contract = try Contract.load(
      overrides: overrides.map { [("contract.yaml", Array($0.utf8))] } ?? [])
    keys = try Self.keys(in: folder)
    let configuration = SimulatorConfiguration(
      folder: folder.path, clientId: "CLIENT1", stores: ["kopi": ["east", "../west"]])
    gateway = try Gateway(
      configuration, keys: keys, contract: contract, now: { "2026-01-31T12:08:57+00:00" })
  }

  /// A signed request, with which the test may then meddle.
  func request(
    _ body: String, path: String = "/v2/pos/syncProduct",
    time: String = "2026-01-31T12:08:56+08:00"
  ) throws -> GatewayRequest {
    let signer = Signer(key: keys.merchant, clientId: "CLIENT1")
    let exchange = signer.exchange(path: path, time: time)
    let signature = try Bytes.withBytes(of: body) { (view) throws(Problem) in
      try signer.sign(exchange, body: view)
    }
    return GatewayRequest(
      path: path, clientId: "CLIENT1", requestTime: time, signature: signature,
      body: Array(body.utf8))
  }

  /// Sends a body as it should be.
  func send(_ body: String, path: String = "/v2/pos/syncProduct") async throws -> SimulatorEvent {
    await gateway.answer(try request(body, path: path), fault: nil).1
  }

  func sync(
    _ id: String, _ products: String, store: String = "east", extra: String = ""
  ) -> String {
    #"{"requestId":"\#(id)","posAccountId":"kopi","store":{"posStoreId":"\#(store)"},"#
      + #""products":[\#(products)]\#(extra)}"#
  }

  /// The products that the store's menu holds, one a line; nothing where there is none.
  func menu(_ store: String = "east") throws -> [String]? {
    let path = try MenuStore(folder: folder.file("menus")).path(account: "kopi", store: store)
    guard let bytes = try StateFile.read(path) else { return nil }
    let document = JSONDocument()
    try Bytes.withBytes(of: bytes) { (view) throws(JSONFault) in try document.parse(view) }
    return document.root["products"]?.elements.map(\.raw.text)
  }
}

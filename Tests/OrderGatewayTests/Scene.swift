import Contract
import OrderGateway
import Records
import Signing
import Synchronization
import TestSupport

/// A gateway with a desk in memory, and somebody who signs as D-Store does.
final class Scene: Sendable {
  /// 2026-01-31T12:08:56+08:00.
  static let now: Int64 = 1_769_832_536_000
  static let time = "2026-01-31T12:08:56+08:00"

  let folder = TemporaryFolder()
  let desk: MemoryDesk
  let gateway: OrderGateway
  private let told: Told

  private final class Told: Sendable {
    let events = Mutex<[GatewayEvent]>([])
  }

  private static let pairs = Result { [try KeyPair.generate(), try KeyPair.generate()] }

  /// D-Store's key.
  static func theirs() throws -> PrivateKey { try pairs.get()[0].privateKey }

  /// The gateway's key.
  static func ours() throws -> PrivateKey { try pairs.get()[1].privateKey }

  init(
    overrides: String? = nil, desk: MemoryDesk = MemoryDesk(),
    _ change: (inout OrderGatewayConfiguration) -> Void = { _ in }
  ) async throws {
    let told = Told()
    self.told = told
    self.desk = desk
    var configuration = OrderGatewayConfiguration(
      clientId: "CLIENT1", stores: ["kopi": ["east", "west"], "teh": ["north"]],
      verifier: Verifier(key: try Self.theirs().publicKey),
      signer: Signer(key: try Self.ours(), clientId: "CLIENT1"),
      zone: Zone(name: "Asia/Singapore", offsetSeconds: 8 * 3600), now: { Self.now })
    // Where the machine is busy, a test's own request may be late.
    configuration.limits.headerTime = .seconds(120)
    configuration.limits.bodyTime = .seconds(120)
    change(&configuration)
    gateway = try await OrderGateway.start(
      configuration,
      contract: try Contract.load(
        overrides: overrides.map { [("sa.yaml", Array("kind: contract\n\($0)".utf8))] } ?? []),
      desk: desk, observer: { event in told.events.withLock { $0.append(event) } })
  }

  /// What the gateway has told so far.
  var events: [GatewayEvent] { told.events.withLock { $0 } }

  /// The event after so many others; nothing where none comes.
  func event(after count: Int = 0) async -> GatewayEvent? {
    for _ in 0..<2000 {
      let events = events
      if events.count > count { return events[count] }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return nil
  }

  /// The first event of that kind; nothing where none comes.
  func event(where isMeant: (GatewayEvent) -> Bool) async -> GatewayEvent? {
    for _ in 0..<2000 {
      if let event = events.first(where: isMeant) { return event }
      try? await Task.sleep(for: .milliseconds(5))
    }
    return nil
  }

  func connect() async throws -> RawClient { try await RawClient.connect(gateway.port) }

  /// Sends a request on a connection of its own.
  func answer(to request: String) async throws -> HTTPAnswer? {
    let client = try await connect()
    try await client.send(request)
    return await client.answer()
  }

  /// The body of the answer to a call; it is recorded as an issue where the signature is wrong.
  func call(_ name: String = "createOrder", _ body: String) async throws -> String? {
    let path = "/v2/pos/\(name)"
    let answer = try await answer(to: SignedRequest(body, path: path).text())
    guard let answer, try answer.isSigned(path: path) else { return nil }
    return answer.body
  }

  static func result(_ status: String, _ code: String, _ message: String) -> String {
    #"{"result":{"resultStatus":"\#(status)","resultCode":"\#(code)","resultMessage":"\#(message)"}"#
  }

  /// The answer to an order that is stored.
  static func stored(_ posOrderId: String) -> String {
    result("S", "SUCCESS", "success") + #","posOrderId":"\#(posOrderId)"}"#
  }
}

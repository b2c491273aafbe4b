import Contract
import JSON
import Records
import TestSupport
import Testing

@testable import Simulator

/// D-Store's calling side, a merchant whom it calls, and the gateway that the merchant's POS
/// tells about its orders.
struct OrderScene {
  let bench: Bench
  let merchant: Merchant
  let caller: OrderCaller

  init(
    folder: TemporaryFolder = TemporaryFolder(), prefix: String = "", overrides: String? = nil
  ) throws {
    bench = try Bench(folder: folder, overrides: overrides)
    merchant = Merchant(keys: bench.keys)
    var configuration = CallingConfiguration(
      folder: folder.path, endpoint: try Endpoint("http://127.0.0.1:\(merchant.port)\(prefix)"),
      clientId: "CLIENT1", now: Ticking().now)
    configuration.pauses = [.zero, .milliseconds(1)]
    configuration.zone = Zone(name: "east", offsetSeconds: 8 * 3600)
    caller = try OrderCaller(configuration, contract: bench.contract)
  }

  func end() async {
    await caller.close()
    merchant.end()
  }

  func wish(
    _ service: String? = nil, _ channel: String? = nil, store: String = "east"
  ) throws -> OrderWish {
    var wish = OrderWish(
      account: "kopi", store: store, currency: try #require(Currency(code: "SGD")))
    wish.service = service
    wish.channel = channel
    return wish
  }

  /// What the simulator keeps of an order.
  func order(_ id: String) throws -> PlacedOrder {
    try #require(try OrderStore(folder: bench.folder.file("orders")).order(id))
  }

  /// Gives a store a menu.
  func sync(_ products: String, store: String = "east") async throws {
    let event = try await bench.send(
      bench.sync("sync-\(store)-\(products.utf8.count)", products, store: store))
    #expect(event.result == .success)
  }

  /// What the POS says about an order.
  func notify(
    _ requestId: String, _ order: String, _ fields: String
  ) async throws -> SimulatorEvent {
    let more = fields.isEmpty ? "" : ",\(fields)"
    return try await bench.send(
      #"{"requestId":"\#(requestId)","requestOrderId":"\#(order)"\#(more)}"#,
      path: "/v2/pos/notifyOrderChange")
  }
}

/// A clock that is a minute later each time.
private final class Ticking: Sendable {
  private let minutes = Counter()

  @Sendable func now() -> Int64 { 1_769_832_000_000 + Int64(minutes.next()) * 60_000 }
}

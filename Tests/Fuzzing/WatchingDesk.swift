import Digests
import OrderGateway
import Records
import Synchronization

/// Takes what is handed to it, and notices what was never signed.
final class WatchingDesk: OrderDesk {
  private struct State {
    /// The bodies that were signed, by path.
    var signed: [String: Set<[UInt8]>] = [:]
    var orders: [String: ReceivedOrder] = [:]
    var done = 0
    var stranger: String?
  }

  private let state = Mutex(State())

  /// How often an answer may say S.
  var done: Int { state.withLock { $0.done } }

  /// What was handed over without having been signed.
  var stranger: String? { state.withLock { $0.stranger } }

  /// From now on such a request is signed.
  func expect(_ body: [UInt8], path: String) {
    state.withLock { _ = $0.signed[path, default: []].insert(body) }
  }

  /// Forgets all orders.
  func forget() { state.withLock { $0.orders = [:] } }

  func take(_ order: ReceivedOrder) async -> DeskAnswer {
    state.withLock { state in
      Self.look(order.body, "/v2/pos/createOrder", &state)
      if let known = state.orders[order.requestOrderId], known.digest != order.digest {
        return .conflicting
      }
      let known = state.orders.updateValue(order, forKey: order.requestOrderId)
      state.done += 1
      return .done(posOrderId: order.posOrderId, isRepeat: known != nil)
    }
  }

  func take(_ change: ReceivedChange) async -> DeskAnswer {
    state.withLock { state in
      Self.look(change.body, "/v2/pos/pushOrderChange", &state)
      guard let order = state.orders[change.requestOrderId] else { return .unknownOrder }
      state.done += 1
      return .done(posOrderId: order.posOrderId, isRepeat: false)
    }
  }

  func take(_ call: RefusedCall) async -> DeskAnswer { .refused }

  func noteUnverified(at now: Int64) {}

  func state(of requestOrderId: String) async -> DeskState {
    state.withLock { state in
      guard let order = state.orders[requestOrderId] else { return .unknownOrder }
      state.done += 1
      return .known(posOrderId: order.posOrderId, orderStatus: "ACCEPTED")
    }
  }

  func trouble() async -> Problem? { nil }

  func attention() -> Problem? { nil }

  private static func look(_ body: [UInt8], _ path: String, _ state: inout State) {
    guard state.signed[path]?.contains(body) != true, state.stranger == nil else { return }
    state.stranger = "\(path) \(String(decoding: body, as: UTF8.self))"
  }
}

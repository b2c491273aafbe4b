import Digests
import OrderGateway
import Records
import Synchronization

/// A desk that keeps orders in memory.
final class MemoryDesk: OrderDesk {
  private struct State {
    var orders: [ReceivedOrder] = []
    var changes: [ReceivedChange] = []
    var refused: [RefusedCall] = []
    var trouble: Problem?
    var attention: Problem?
    var isHeld = false
    var unverified = 0
    var questions = 0
    var arrivals = 0
  }

  private let state = Mutex(State())

  var orders: [ReceivedOrder] { state.withLock { $0.orders } }
  var refused: [RefusedCall] { state.withLock { $0.refused } }
  var changes: [ReceivedChange] { state.withLock { $0.changes } }
  /// How often it was asked for trouble.
  var questions: Int { state.withLock { $0.questions } }

  var unverified: Int { state.withLock { $0.unverified } }

  func noteUnverified(at now: Int64) { state.withLock { $0.unverified += 1 } }

  /// From now on nothing can be stored, or something can again.
  func set(_ trouble: Problem?) { state.withLock { $0.trouble = trouble } }

  func set(attention: Problem?) { state.withLock { $0.attention = attention } }

  /// From now on nothing is answered, or everything is again.
  func hold(_ isHeld: Bool) { state.withLock { $0.isHeld = isHeld } }

  /// Waits until so many orders and changes were handed over, answered or not.
  func wait(for arrivals: Int) async {
    for _ in 0..<2000 where state.withLock({ $0.arrivals }) < arrivals {
      try? await Task.sleep(for: .milliseconds(5))
    }
  }

  func take(_ order: ReceivedOrder) async -> DeskAnswer {
    await answerable()
    return state.withLock { state in
      if let trouble = state.trouble { return .trouble(trouble) }
      if let known = state.orders.first(where: { $0.requestOrderId == order.requestOrderId }) {
        return known.digest == order.digest
          ? .done(posOrderId: known.posOrderId, isRepeat: true) : .conflicting
      }
      state.orders.append(order)
      return .done(posOrderId: order.posOrderId, isRepeat: false)
    }
  }

  func take(_ change: ReceivedChange) async -> DeskAnswer {
    await answerable()
    return state.withLock { state in
      if let trouble = state.trouble { return .trouble(trouble) }
      let order = state.orders.first { $0.requestOrderId == change.requestOrderId }
      guard let order else { return .unknownOrder }
      if let known = state.changes.first(where: { $0.requestId == change.requestId }) {
        return known.digest == change.digest
          ? .done(posOrderId: order.posOrderId, isRepeat: true) : .conflicting
      }
      state.changes.append(change)
      return .done(posOrderId: order.posOrderId, isRepeat: false)
    }
  }

  func take(_ call: RefusedCall) async -> DeskAnswer {
    state.withLock { state in
      if let trouble = state.trouble { return .trouble(trouble) }
      if let known = state.orders.first(where: { $0.requestOrderId == call.requestOrderId }) {
        return known.digest == call.digest
          ? .done(posOrderId: known.posOrderId, isRepeat: true) : .conflicting
      }
      state.refused.append(call)
      return .refused
    }
  }

  func state(of requestOrderId: String) async -> DeskState {
    state.withLock { state in
      if let trouble = state.trouble { return .trouble(trouble) }
      let order = state.orders.first { $0.requestOrderId == requestOrderId }
      return order.map { .known(posOrderId: $0.posOrderId, orderStatus: "ACCEPTED") }
        ?? .unknownOrder
    }
  }

  func trouble() async -> Problem? {
    state.withLock { state in
      state.questions += 1
      return state.trouble
    }
  }

  func attention() -> Problem? { state.withLock { $0.attention } }

  private func answerable() async {
    state.withLock { $0.arrivals += 1 }
    while state.withLock({ $0.isHeld }) { try? await Task.sleep(for: .milliseconds(5)) }
  }
}

package import LedgerStore
package import OrderGateway
package import Records
package import Settings
import Synchronization

/// The second promise: every order that D-Store was told S about reaches the POS, once.
///
/// An order goes through these stages:
///
/// 1. `OrderGateway` proves the request's signature, reads it, and flags what is odd.
/// 2. ``ReceiveOrders`` records it, durable, together with others that came at the same moment;
///    only then is it answered.
/// 3. ``OrderFile`` makes the POS's file of it, through its mapping.
/// 4. ``OutboxRelease`` puts the file into the outbox, exactly once, whoever is killed when.
///
/// `serve` runs all of them, and wakes the last two by ``OutboxPump``; `run` does the last two for
/// whatever is left.
package struct ReceiveOrders: OrderDesk {
  private let scope: Scope
  private let queue: IntakeQueue
  private let stored: @Sendable () -> Void
  private let clock = ClockTrouble()
  private let mappings: MappingTrouble
  private let unverified = UnverifiedCount()

  /// - Parameters:
  ///   - queue: where orders that come together are recorded together.
  ///   - mappings: knows what is wrong with the mappings of orders.
  ///   - stored: is told when there is something new for the outbox.
  package init(
    scope: Scope, queue: IntakeQueue, mappings: MappingTrouble = MappingTrouble(),
    stored: @escaping @Sendable () -> Void
  ) {
    self.scope = scope
    self.queue = queue
    self.mappings = mappings
    self.stored = stored
  }

  package func take(_ order: ReceivedOrder) async -> DeskAnswer {
    await hand(.order(order))
  }

  package func take(_ change: ReceivedChange) async -> DeskAnswer {
    await hand(.change(change))
  }

  package func take(_ call: RefusedCall) async -> DeskAnswer {
    await hand(.refused(call))
  }

  package func noteUnverified(at now: Int64) {
    unverified.note(at: now) { [queue] calls in
      // What cannot be recorded now is lost; the log has a line for each.
      _ = try? await queue.hand(.unverified(calls))
    }
  }

  package func state(of requestOrderId: String) async -> DeskState {
    unverified.clear()
    do throws(Problem) {
      let order = try await queue.ask { [scope] ledger throws(Problem) in
        try ledger.forgetUnverified(scope)
        return try ledger.order(scope, .requestOrderId, requestOrderId)
      }
      guard let order else { return .unknownOrder }
      return .known(posOrderId: order.posOrderId, orderStatus: order.status)
    } catch {
      return .trouble(error)
    }
  }

  package func trouble() async -> Problem? {
    do throws(Problem) {
      try await queue.ask { ledger throws(Problem) in try ledger.canStore() }
      return clock.problem
    } catch {
      return error
    }
  }

  package func attention() -> Problem? { mappings.problem }

  private func hand(_ intake: Intake) async -> DeskAnswer {
    unverified.clear()
    do throws(Problem) {
      let receipt = try await queue.hand(intake)
      clock.note(intake, receipt)
      switch receipt {
      case .stored(let posOrderId):
        stored()
        return .done(posOrderId: posOrderId, isRepeat: false)
      case .repeated(let posOrderId): return .done(posOrderId: posOrderId, isRepeat: true)
      case .conflicting: return .conflicting
      case .unknownOrder: return .unknownOrder
      case .refused, .late: return .refused
      }
    } catch {
      return .trouble(error)
    }
  }
}

/// Unverified calls that the ledger does not know of yet. The first one is recorded at once and then
/// once a second, so that who floods us with them keeps no order waiting.
private final class UnverifiedCount: Sendable {
  private struct State {
    var calls: UnverifiedCalls?
    var isRecording = false
  }

  private let state = Mutex(State())

  func clear() { state.withLock { $0.calls = nil } }

  func note(at now: Int64, record: @escaping @Sendable (UnverifiedCalls) async -> Void) {
    let mustRecord = state.withLock { state in
      state.calls = UnverifiedCalls(
        count: (state.calls?.count ?? 0) + 1, firstAt: state.calls?.firstAt ?? now, lastAt: now)
      defer { state.isRecording = true }
      return !state.isRecording
    }
    guard mustRecord else { return }
    Task {
      while let calls = next() {
        await record(calls)
        try? await Task.sleep(for: .seconds(1))
      }
    }
  }

  /// - Returns: `nil` where there is nothing to record; then the next call is recorded at once.
  private func next() -> UnverifiedCalls? {
    state.withLock { state in
      defer { state.calls = nil }
      if state.calls == nil { state.isRecording = false }
      return state.calls
    }
  }
}

/// The last order or change that was not stored because its time and this machine's clock are too
/// far apart, until one is stored again.
private final class ClockTrouble: Sendable {
  private let last = Mutex<RefusedCall?>(nil)

  var problem: Problem? { last.withLock { $0?.problem } }

  func note(_ intake: Intake, _ receipt: IntakeReceipt) {
    switch (intake, receipt) {
    case (.refused(let call), .refused) where call.cause == .clock: last.withLock { $0 = call }
    case (_, .stored): last.withLock { $0 = nil }
    default: break
    }
  }
}

extension Scope {
  /// What orders are recorded under. Where D-Store is reached does not matter to them: an order
  /// that comes again after `endpoint:` was changed is still the same.
  package init(ordersOf settings: Settings) {
    self.init(
      environment: settings.environment.rawValue, endpoint: "gateway",
      clientId: settings.clientId, account: "")
  }
}

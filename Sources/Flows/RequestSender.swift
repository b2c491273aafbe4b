import DStoreAPI
import Records
import Synchronization

/// Sends requests of a run to D-Store, each as often as the policy says, and no further one once
/// D-Store cannot be reached.
///
/// A try of which nothing could be sent would fail for every other request as well. After the tries
/// of one such request the others are put off to the next run; what fails later, a time-out or a
/// connection that breaks, counts for its own request alone.
final class RequestSender: Sendable {
  /// What became of a request in this run.
  enum Ending {
    /// D-Store has accepted or refused it.
    case settled(Delivery)
    /// It goes again in a later run.
    case later(Delivery, needsPerson: Bool)
    /// It was not sent, as D-Store cannot be reached.
    case putOff
  }

  private struct State {
    var reason: String?
    var count = 0
  }

  let bench: Workbench
  private let state = Mutex(State())

  init(bench: Workbench) { self.bench = bench }

  /// How many requests were put off, and why.
  var putOff: PutOff? {
    state.withLock { state in
      guard state.count > 0, let reason = state.reason else { return nil }
      return PutOff(count: state.count, reason: reason)
    }
  }

  /// - Parameters:
  ///   - tries: how often earlier runs sent it.
  ///   - record: records a try that decided nothing, and the time of the next one in milliseconds
  ///     since 1970.
  /// - Throws: a failure of the ledger, of the keys, or of reading the body; the request stays open.
  func send(
    _ body: RequestBody, as api: String, tries: Int,
    record: (Delivery, Int64) throws(Problem) -> Void
  ) async throws(Problem) -> Ending {
    if mustWait() { return .putOff }
    let client = try await bench.line.client()
    var triesInRun = 0
    while true {
      bench.progress.moves()
      let delivery = try await client.send(body, as: api, moves: bench.progress.moves)
      triesInRun += 1
      let decision = bench.policy.decision(
        after: delivery, triesInRun: triesInRun, triesInAll: tries + triesInRun,
        chance: bench.chance())
      switch decision {
      case .settled: return .settled(delivery)
      case .again(let pause):
        try record(delivery, bench.now())
        await bench.sleep(pause)
      case .later(let rest, let needsPerson):
        try record(delivery, bench.now() + rest.milliseconds)
        if delivery.outcome == .unsent { state.withLock { $0.reason = delivery.reason } }
        return .later(delivery, needsPerson: needsPerson)
      }
    }
  }

  private func mustWait() -> Bool {
    state.withLock { state in
      guard state.reason != nil else { return false }
      state.count += 1
      return true
    }
  }
}

extension Duration {
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

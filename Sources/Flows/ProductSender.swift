import DStoreAPI
import Glibc
import LedgerStore
import Records

/// Sends a request that the ledger holds, as often as the policy says, and records every answer.
struct ProductSender {
  let bench: Workbench
  let remedy: @Sendable (_ code: String?) -> String

  /// - Returns: what became of it in this run.
  /// - Throws: a failure of the ledger, of the keys, or of reading the spooled body; the request
  ///   stays open.
  func send(_ request: SyncRequest) async throws(Problem) -> RequestReport {
    var triesInRun = 0
    while true {
      bench.progress.report(
        "Sending \(request.productCount) products of \(request.store) to D-Store", fraction: nil)
      let client = try await bench.line.client()
      let delivery: Delivery
      do throws(Problem) {
        delivery = try await client.send(
          body(of: request), as: request.api, moves: bench.progress.moves)
      } catch {
        guard error.isLostBody else { throw error }
        return try giveUp(request, because: error.message)
      }
      triesInRun += 1
      switch bench.policy.decision(
        after: delivery, triesInRun: triesInRun, triesInAll: request.tries + triesInRun)
      {
      case .settled: return try settle(request, delivery)
      case .again(let pause):
        try bench.ledger.recordTry(
          request.requestId, delivery, nextTryAt: bench.now(), at: bench.now())
        await bench.sleep(pause)
      case .later(let rest, let needsPerson):
        try bench.ledger.recordTry(
          request.requestId, delivery, nextTryAt: bench.now() + rest.milliseconds, at: bench.now())
        return report(request, delivery, needsPerson: needsPerson)
      }
    }
  }

  /// Gives up a request that cannot be repeated: the next sync is a full one.
  private func giveUp(
    _ request: SyncRequest, because reason: String
  ) throws(Problem) -> RequestReport {
    let payloads = bench.settings.payloads
    payloads.remove(try bench.ledger.giveUp(request.requestId, at: bench.now()))
    let pause =
      "given up as \(reason); D-Store may have them or not, so the next sync sends everything"
    return report(request, nil, needsPerson: true, pause: pause)
  }

  /// A request whose next try is not due yet.
  func resting(_ request: SyncRequest) -> RequestReport {
    let seconds = max(0, (request.nextTryAt ?? 0) - bench.now()) / 1000
    let reason = request.last.map { ": \($0.delivery.reason)" } ?? ""
    return report(
      request, nil, needsPerson: request.tries >= bench.policy.warnAfterTries,
      pause: "wait for the next try, in \(seconds) s\(reason)")
  }

  private func settle(
    _ request: SyncRequest, _ delivery: Delivery
  ) throws(Problem) -> RequestReport {
    let payloads = bench.settings.payloads
    if delivery.outcome == .accepted {
      payloads.remove(try bench.ledger.accept(request.requestId, delivery, at: bench.now()))
      return report(request, delivery, needsPerson: false)
    }
    payloads.remove(try bench.ledger.refuse(request.requestId, delivery, at: bench.now()))
    return report(request, delivery, needsPerson: true)
  }

  /// What is not there has no size; reading it says so.
  private func body(of request: SyncRequest) -> RequestBody {
    var status = stat()
    let path = bench.settings.payloads.path(of: request.bodyPath)
    let size = stat(path, &status) == 0 ? Int(status.st_size) : 0
    return .file(path: path, size: size, seal: BodySeal(text: request.bodyDigest))
  }

  private func report(
    _ request: SyncRequest, _ delivery: Delivery?, needsPerson: Bool, pause: String = ""
  ) -> RequestReport {
    RequestReport(
      api: request.api, requestId: request.requestId, store: request.store, kind: request.kind,
      products: request.productCount, delivery: delivery, pause: pause,
      remedy: needsPerson ? delivery.map { remedy($0.resultCode ?? $0.claimedCode) } : nil,
      needsPerson: needsPerson)
  }
}

extension Duration {
  var milliseconds: Int64 {
    components.seconds * 1000 + components.attoseconds / 1_000_000_000_000_000
  }
}

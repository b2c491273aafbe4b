import DStoreAPI
import Glibc
import LedgerStore
import Records

/// Sends requests that the ledger holds, and records every answer.
struct ProductSender {
  let bench: Workbench
  let sender: RequestSender
  let remedy: @Sendable (_ code: String?) -> String

  /// - Returns: what became of it in this run.
  /// - Throws: a failure of the ledger, of the keys, or of reading the spooled body; the request
  ///   stays open.
  func send(_ request: SyncRequest) async throws(Problem) -> RequestReport {
    bench.progress.report(
      "Sending \(request.productCount) products of \(request.store) to D-Store", fraction: nil)
    let ending: RequestSender.Ending
    do throws(Problem) {
      ending = try await sender.send(body(of: request), as: request.api, tries: request.tries) {
        (delivery, next) throws(Problem) in
        try bench.ledger.recordTry(
          request.requestId, delivery, nextTryAt: next, at: bench.now())
      }
    } catch {
      guard error.isLostBody else { throw error }
      return try giveUp(request, because: error.message)
    }
    switch ending {
    case .settled(let delivery): return try settle(request, delivery)
    case .later(let delivery, let needsPerson):
      return report(request, delivery, needsPerson: needsPerson)
    case .putOff: return putOff(request)
    }
  }

  private func putOff(_ request: SyncRequest) -> RequestReport {
    var report = self.report(
      request, nil, needsPerson: false, pause: "put off, as D-Store cannot be reached")
    report.isPutOff = true
    return report
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

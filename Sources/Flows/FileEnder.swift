import Contract
import InboxFiles
import LedgerStore
import Records
import RowMapping

/// Ends a file once D-Store has decided on every request that it is behind.
struct FileEnder {
  let bench: Workbench
  let desk: FileDesk
  let shelf: MappingShelf

  /// What became of a file; `lost` where the file itself is gone.
  typealias End = (outcome: FileOutcome, lost: Problem?)

  /// - Returns: what became of the file; waiting while a request is open.
  func endIfDecided(_ record: FileRecord) throws(Problem) -> End {
    let requests = try bench.ledger.requests(behind: record.id)
    if requests.contains(where: { $0.state == .open }) { return (.waiting, nil) }
    let afterDone = afterDone(of: record)
    let failed = requests.filter { $0.state != .accepted }
    if failed.isEmpty {
      let lost = try desk.end(
        record, afterDone: afterDone, .sent, summary: Self.summary(requests))
      return (.sent, lost)
    }
    let report = self.report(record, failed)
    let lost = try desk.end(
      record, afterDone: afterDone, .rejected,
      summary: failed.map(Self.words).joined(separator: "; "), report: report)
    return (.rejected, lost)
  }

  /// What its mapping says; the archive where the mapping is gone.
  func afterDone(of record: FileRecord) -> MappingFile.AfterDone {
    shelf.inboxMappings.first { $0.file.name == record.mapping }?.file.afterDone ?? .archive
  }

  private static func summary(_ requests: [SyncRequest]) -> String {
    requests.map { request in
      request.kind == .full
        ? "\(request.productCount) products accepted for \(request.store)"
        : "statuses accepted for \(request.store)"
    }.joined(separator: "; ")
  }

  private static func words(_ request: SyncRequest) -> String {
    guard request.state == .refused else {
      return "the request for store \(request.store) was given up without an answer"
    }
    let code = request.last?.delivery.resultCode ?? "no code"
    let message = request.last?.delivery.resultMessage.map { ": \($0)" } ?? ""
    return "D-Store refused the products of store \(request.store) (\(code)\(message))"
  }

  private func report(_ record: FileRecord, _ requests: [SyncRequest]) -> ProblemReport {
    var groups = ProblemGroups()
    for request in requests {
      groups.add(
        Problem(
          request.last?.delivery.resultCode ?? "given-up", Self.words(request),
          remedy: shelf.contract.remedy(for: request.last?.delivery.resultCode)))
    }
    return ProblemReport(
      headline: "Inbox/\(record.name) was read without a problem, but not accepted.",
      problems: groups,
      next: "Then run: dstore-connector retry \(record.name).")
  }
}

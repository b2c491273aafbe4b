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
    let failed = requests.filter { $0.state == .refused || $0.state == .givenUp }
    let outcome: FileOutcome =
      if !failed.isEmpty { .rejected } else if requests.contains(where: { $0.state == .superseded })
      {
        .superseded
      } else { .sent }
    let told = failed.isEmpty ? requests : failed
    do throws(Problem) {
      let lost = try desk.end(
        record, afterDone: afterDone, outcome,
        summary: told.map(Self.words).joined(separator: "; "),
        report: failed.isEmpty ? nil : report(record, failed))
      return (outcome, lost)
    } catch {
      // The next run tries again; until then `status` names it.
      if error.category != .ledger {
        try bench.ledger.setAside(record.id, because: reason(record, error))
      }
      throw error
    }
  }

  /// Why a file is not where it belongs.
  func reason(_ record: FileRecord, _ problem: Problem) -> String {
    var problem = problem
    problem.place = Place()
    problem.message = "it was left at Inbox/\(record.workName): \(problem.message)"
    let text = problem.description
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }

  /// What its mapping says; the archive where the mapping is gone.
  func afterDone(of record: FileRecord) -> MappingFile.AfterDone {
    shelf.inboxMappings.first { $0.file.name == record.mapping }?.file.afterDone ?? .archive
  }

  private static func words(_ request: SyncRequest) -> String {
    let store = request.store
    switch request.state {
    case .open, .accepted:
      return request.kind == .full
        ? "\(request.productCount) products accepted for \(store)"
        : "statuses accepted for \(store)"
    case .refused:
      let code = request.last?.delivery.resultCode ?? "no code"
      let message = request.last?.delivery.resultMessage.map { ": \($0)" } ?? ""
      return "D-Store refused the products of store \(store) (\(code)\(message))"
    case .givenUp: return "the request for store \(store) was given up without an answer"
    case .superseded:
      let tries = request.tries == 1 ? "1 try" : "\(request.tries) tries"
      let reason = request.last.map { ", the last one: \($0.delivery.reason)" } ?? ""
      return "the list for store \(store) was given up for a newer one after \(tries)\(reason)"
    }
  }

  private func report(_ record: FileRecord, _ requests: [SyncRequest]) -> ProblemReport {
    var groups = ProblemGroups()
    for request in requests {
      groups.add(
        Problem(
          request.last?.delivery.resultCode ?? "given-up", Self.words(request),
          remedy: request.state == .givenUp
            ? "D-Store may have it or not; what is sent next is the whole list."
            : shelf.contract.remedy(for: request.last?.delivery.resultCode)))
    }
    return ProblemReport(
      headline: "Inbox/\(record.name) was read without a problem, but not accepted.",
      problems: groups,
      next: "Then run: \(ShellCommand.line("retry", record.name)).")
  }
}

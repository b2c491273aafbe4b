import Contract
import LedgerStore
import Records
import RowMapping
import Settings

/// Holds changes against their orders, and has the ledger record what that comes to.
struct ChangeDesk {
  let bench: Workbench
  let shelf: MappingShelf

  /// What a file's changes came to.
  struct Verdict {
    var queued = 0
    var waiting = 0
    var problems: [Problem] = []
    var isAllRefused = false
    /// Orders whose lines were not taken by their times, or not in their sequence.
    var corrected: [String] = []

    var outcome: FileOutcome {
      isAllRefused ? .rejected : queued + waiting > 0 || !problems.isEmpty ? .sent : .unchanged
    }

    var words: String {
      if queued + waiting == 0, problems.isEmpty { return "it says nothing new" }
      var parts = ["\(queued) notification(s) for D-Store"]
      if waiting > 0 { parts.append("\(waiting) change(s) wait for their orders") }
      if !problems.isEmpty { parts.append("\(problems.count) change(s) need a person") }
      if let first = corrected.first {
        parts.append(
          "the lines of \(corrected.count) order(s) contradict their times or the journey "
            + "(\(Problem.shown(first))\(corrected.count > 1 ? " …" : ""))")
      }
      return parts.joined(separator: ", ")
    }
  }

  /// Decides about all changes of a file and records it together with the file's own end, all or
  /// nothing.
  ///
  /// - Parameter decide: what becomes of the file, given what its changes came to.
  /// - Returns: what was recorded.
  func record(
    _ changes: [OrderChange], of file: Int64, by entry: MappingShelf.StatusEntry,
    _ decide: (Verdict) throws(Problem) -> FileDecision
  ) throws(Problem) -> (Verdict, FileDecision) {
    while true {
      var round = ChangeRound(bench: bench, shelf: shelf, entry: entry)
      let (lines, corrected) = ChangeSequence.inOrder(
        changes, along: shelf.contract.journey)
      let news = try lines.map { change throws(Problem) in try round.decide(change, file: file) }
      var verdict = Self.verdict(on: news)
      verdict.corrected = corrected
      let decision = try decide(verdict)
      // D-Store may have changed an order meanwhile; then all is read and decided again.
      if try bench.ledger.record(news, bench.orderScope, ending: decision, at: bench.now()) {
        return (verdict, decision)
      }
    }
  }

  /// Takes up changes whose orders have come since, and those that have waited long enough, in the
  /// order in which they happened.
  ///
  /// - Returns: why some of them need a person now.
  func takeUpWaiting() throws(Problem) -> [Problem] {
    let ready = try bench.ledger.changesToTakeUp(bench.orderScope, at: bench.now())
    var stuck: Set<String> = []
    var problems: [Problem] = []
    for held in ChangeSequence.inOrder(ready, by: \.change)
    where shelf.statuses.contains(where: { $0.mapping.file.name == held.mapping }) {
      // An order may come at this very moment; what one change missed, none after it may find.
      if stuck.contains(held.change.key) { continue }
      do throws(Problem) {
        let verdict = try decide(again: held)
        problems += verdict.problems
        if verdict.waiting > 0 { stuck.insert(held.change.key) }
      } catch {
        try problems.note(error)
        stuck.insert(held.change.key)
      }
    }
    return problems
  }

  /// Decides about an earlier change once more, and records it.
  ///
  /// - Parameters:
  ///   - isApproved: whether a person lets its refund go.
  ///   - wasTold: whether a person says that D-Store was told of it before the ledger was copied
  ///     back: it is recorded so, and not sent.
  ///   - chosen: the row of the order that a person says is meant; `nil` where its number tells.
  @discardableResult
  func decide(
    again held: HeldStatusChange, isApproved: Bool = false, wasTold: Bool = false,
    chosen: Int64? = nil
  ) throws(Problem) -> Verdict {
    guard let entry = shelf.statuses.first(where: { $0.mapping.file.name == held.mapping }) else {
      throw Problem(
        "unknown-mapping", value: held.mapping,
        "the mapping that read this change is not there any more, or is wrong",
        remedy: "Put Mappings/\(held.mapping).yaml back, and try again.")
    }
    var latest: HeldStatusChange? = held
    while let one = latest, one.state == held.state {
      var round = ChangeRound(bench: bench, shelf: shelf, entry: entry)
      var news = try round.decide(again: one, isApproved: isApproved, chosen: chosen)
      if wasTold { news = news.map(\.toldBefore) }
      if news.isEmpty { return Verdict(waiting: 1) }
      if try bench.ledger.record(news, bench.orderScope, at: bench.now()) {
        return Self.verdict(on: news)
      }
      latest = try bench.ledger.statusChange(held.id)
    }
    return Verdict()
  }

  private static func verdict(on news: [StatusNews]) -> Verdict {
    var verdict = Verdict()
    var refused = 0
    for one in news {
      switch one.outcome {
      case .done, .toldBefore: break
      case .queued(let drafts): verdict.queued += drafts.count
      case .waiting: verdict.waiting += 1
      case .held(let problem, let drafts):
        verdict.queued += drafts.count
        verdict.problems.append(problem)
      case .refused(let problem):
        refused += 1
        verdict.problems.append(problem)
      }
    }
    verdict.isAllRefused = refused > 0 && refused == news.count
    return verdict
  }
}

extension StatusNews {
  /// The same where D-Store was told of it before the ledger was copied back.
  fileprivate var toldBefore: StatusNews {
    var news = self
    if case .queued(let drafts) = outcome { news.outcome = .toldBefore(drafts) }
    return news
  }
}

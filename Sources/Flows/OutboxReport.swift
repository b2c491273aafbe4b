import LedgerStore
package import Records

/// What was written to the outbox in one pass, and what could not be.
package struct OutboxReport: Sendable {
  /// Names of files, relative to the outbox.
  package var written: [String] = []
  /// How many files wait.
  package var waiting = 0
  /// How many files wait for approval, since the POS may have been given them before.
  package var held = 0
  /// Why any of them waits, as the ledger has it, also where it was not tried in this pass.
  package var reasons: Set<String> = []
  /// What came up in this pass; nothing twice.
  package var problems: [Problem] = []
  /// Whether something was written that had been put off.
  var hasRecovered = false

  /// What each problem of this pass keeps from being written.
  package private(set) var kept: [Problem: Kept] = [:]

  /// Orders, and changes of orders, that wait for the same reason.
  package struct Kept: Sendable {
    fileprivate var ids: Set<Int64> = []
    /// As people know them, the first ones.
    package fileprivate(set) var names: [String] = []
  }

  package init() {}

  package var isEmpty: Bool { written.isEmpty && problems.isEmpty }

  mutating func add(_ problem: Problem) {
    if !problems.contains(problem) { problems.append(problem) }
  }

  mutating func add(_ problem: Problem, keeping release: Release) {
    add(problem)
    var others = kept[problem] ?? Kept()
    guard others.ids.insert(release.id).inserted else { return }
    if others.names.count < Self.named { others.names.append(release.subject) }
    kept[problem] = others
  }

  /// A problem of this pass, with what waits because of it.
  package func words(_ problem: Problem) -> String {
    guard let kept = kept[problem] else { return problem.description }
    let more = kept.ids.count - kept.names.count
    let names = kept.names.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
    return "\(problem.description) \(kept.ids.count) file(s) wait for it: \(names)."
  }

  /// How many files wait for something else than a problem of this pass: changes of an order that
  /// waits itself, and what was not tried.
  package var otherwiseWaiting: Int {
    max(0, waiting - kept.values.reduce(0) { $0 + $1.ids.count })
  }

  /// Why files wait, each reason with the names of those that were tried in this pass.
  package var waits: [(reason: String, names: [String])] {
    reasons.sorted().map { reason in
      (reason, kept.filter { $0.key.reason == reason }.flatMap(\.value.names).sorted())
    }
  }

  /// So many are named; `status` lists them all.
  private static let named = 5
}

extension Release {
  /// By D-Store's ids, which are no customer's data.
  fileprivate var subject: String {
    let order = "order \(Problem.shown(order.requestOrderId))"
    return change.map { "change \(Problem.shown($0.requestId)) of \(order)" } ?? order
  }
}

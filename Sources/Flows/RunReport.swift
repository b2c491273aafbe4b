package import LedgerStore
package import Records

/// What a run did with one file.
package struct FileReport: Sendable {
  package var name: String
  /// Nothing where no mapping, or more than one, takes the file.
  package var mapping: String?
  package var outcome: FileOutcome
  package var records = 0
  package var problems: [Problem] = []
  package var problemCount = 0
  package var requests: [RequestReport] = []
  /// In words, for people.
  package var summary = ""
  /// Whether a person must do something about it.
  package var needsPerson = false

  /// The name without its folder.
  package var baseName: String { name.split(separator: "/").last.map(String.init) ?? name }

  package init(name: String, mapping: String?, outcome: FileOutcome) {
    self.name = name
    self.mapping = mapping
    self.outcome = outcome
  }

  /// Adds problems that are not those of its records, and that a person must know.
  mutating func add(_ troubles: [Problem]) {
    if troubles.isEmpty { return }
    problems = troubles + problems
    problemCount += troubles.count
    needsPerson = true
  }
}

/// What became of one request.
package struct RequestReport: Sendable {
  package let api: String
  package let requestId: String
  package let store: String
  package let kind: SyncRequest.Kind
  package let products: Int
  /// Nothing where it was not sent in this run; ``pause`` then says why, in words.
  package let delivery: Delivery?
  package let pause: String
  /// What D-Store's answer asks a person to do.
  package let remedy: String?
  package let needsPerson: Bool
  /// Whether it was not sent because D-Store cannot be reached; ``RunReport/putOff`` says why.
  package internal(set) var isPutOff = false

  /// Whether a later run sends it again.
  package var isOpen: Bool {
    switch delivery?.outcome {
    case .accepted, .refused: false
    case .unknown, .unsent, nil: true
    }
  }

  /// `142 products accepted for harbour`.
  package var words: String {
    let what = kind == .full ? "\(products) products" : "\(products) statuses"
    switch delivery?.outcome {
    case .accepted: return "\(what) accepted for \(store)"
    case .refused:
      return "\(what) refused for \(store): \(delivery?.resultCode ?? "no code")"
        + (delivery?.resultMessage.map { " (\($0))" } ?? "")
    case .unknown, .unsent: return "\(what) for \(store) undecided: \(delivery?.reason ?? "")"
    case nil: return "\(what) for \(store) \(pause)"
    }
  }
}

/// Requests that were not sent, as D-Store cannot be reached.
package struct PutOff: Hashable, Sendable {
  package let count: Int
  /// A clause without a full stop.
  package let reason: String

  /// `3 requests put off`.
  package static func words(_ count: Int) -> String {
    count == 1 ? "1 request put off" : "\(count) requests put off"
  }
}

/// What a run did.
package struct RunReport: Sendable {
  package var files: [FileReport] = []
  /// Requests of earlier runs that were repeated.
  package var repeated: [RequestReport] = []
  /// What D-Store's stand-in inside this process did, a line each.
  package var visit: [String] = []
  /// Orders and changes of orders for the POS.
  package var outbox = OutboxReport()
  /// What D-Store was told of orders.
  package var notifications = NotificationReport()
  /// Nothing where D-Store could be reached.
  package var putOff: PutOff?
  /// Whether D-Store has not decided on something for so many tries that somebody must look.
  package var isOverdue = false
  /// Problems that belong to no file.
  package var problems: [Problem] = []

  package init() {}

  /// What kept a part of the run from being done; in ``problems``, too.
  private(set) var failures: [Problem] = []

  /// Adds what stops only its own file, store or order.
  ///
  /// - Throws: a problem of the ledger, without which nothing can go on.
  mutating func fail(_ problem: Problem) throws(Problem) {
    try problems.note(problem)
    if !failures.contains(problem) { failures.append(problem) }
  }

  /// Adds a problem to what is reported of a waiting file, unless it stands there already.
  mutating func note(_ problem: Problem, on name: String) {
    guard let index = files.firstIndex(where: { $0.name == name && $0.outcome == .waiting }),
      !files[index].problems.contains(problem)
    else { return }
    files[index].add([problem])
  }

  /// Those of the outbox too.
  package var allProblems: [Problem] { problems + outbox.problems }
}

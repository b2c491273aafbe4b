/// Something that a person must know: what happened, where, and what to do next.
///
/// Problems are collected, so that a person sees all of them at once; only what makes going on
/// impossible is thrown.
package struct Problem: Error, Sendable {
  /// Whose matter a problem is. It decides what follows: only content makes a file rejected, and
  /// only the ledger ends a run.
  package enum Category: Sendable {
    /// What somebody else wrote: an export, a status file, a mapping, an order.
    case content
    /// Our own files, disks and limits: it may pass, so it is tried again.
    case ours
    /// The ledger itself cannot work.
    case ledger
    case network
    case settings
  }

  /// A stable word for scripts and for grouping, such as `unknown-key`.
  package var code: String
  package var place: Place
  /// The value that is at fault, as it was found.
  package var value: String?
  /// What happened, a clause that ends without a full stop.
  package var message: String
  /// What to do next, a whole sentence; empty where the message says it all.
  package var remedy: String
  package var category: Category

  package init(
    _ code: String, at place: Place = Place(), value: String? = nil, _ message: String,
    remedy: String = "", category: Category = .content
  ) {
    self.code = code
    self.place = place
    self.value = value
    self.message = message
    self.remedy = remedy
    self.category = category
  }

  /// The problem with what its place leaves open taken from another place.
  package func filled(from other: Place) -> Problem {
    var problem = self
    problem.place.file = place.file ?? other.file
    problem.place.line = place.line ?? other.line
    problem.place.column = place.column ?? other.column
    problem.place.record = place.record ?? other.record
    problem.place.field = place.field ?? other.field
    return problem
  }

  /// One line: place, message, value, remedy.
  package var description: String {
    let place = place.description
    var text = place.isEmpty ? message : "\(place): \(message)"
    if let value { text += " (found: \(Problem.shown(value)))" }
    text += "."
    return remedy.isEmpty ? text : "\(text) \(remedy)"
  }

  /// A value from outside in quotes, at most 80 characters of it; see ``ShownText``.
  package static func shown(_ value: String) -> String {
    "\"\(ShownText.beginning(value, limit: 80))\""
  }
}

/// Problems are equal when they say the same; the category follows from what they say.
extension Problem: Hashable {
  package static func == (one: Problem, other: Problem) -> Bool {
    one.place == other.place && one.words == other.words
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(place)
    hasher.combine(words)
  }

  private var words: [String?] { [code, value, message, remedy] }
}

extension [Problem] {
  /// Adds what stops only its own file, store or order, so that the others go on; once, however many
  /// of them it stops.
  ///
  /// - Throws: a problem of the ledger, without which nothing can go on.
  package mutating func note(_ problem: Problem) throws(Problem) {
    if problem.category == .ledger { throw problem }
    if !contains(problem) { append(problem) }
  }
}

/// Several problems that together make going on impossible.
package struct Problems: Error, Sendable {
  package var all: [Problem]

  package init(_ all: [Problem]) { self.all = all }
}

import Records

/// The one place that turns problems into words and an exit code.
enum Failing {
  /// Runs a command; what it throws is told to the person.
  ///
  /// - Parameter asJSON: whether standard output is to hold one object in this case as well.
  static func reported(
    asJSON: Bool = false, _ body: () async throws -> Exit
  ) async throws {
    do {
      try await body().end()
    } catch let problems as Problems {
      try tell(problems.all, .wrongSettings, asJSON)
    } catch let problem as Problem {
      try tell([problem], Self.exit(for: problem), asJSON)
    }
  }

  private static func exit(for problem: Problem) -> Exit {
    let nothingTouched = [
      "workspace", "ledger-missing", "ledger-there", "ledger-open-to-others",
    ]
    return nothingTouched.contains(problem.code) ? .wrongSettings : .needsPerson
  }

  private static func tell(_ problems: [Problem], _ exit: Exit, _ asJSON: Bool) throws {
    if asJSON {
      var object = JSONText()
      object.begin()
      object.list("problems", problems) { $0.add(problem: $1) }
      object.number("exit", Int64(exit.rawValue))
      object.end()
      Terminal.say(json: object.text)
    }
    Terminal.error(problems)
    try exit.end()
  }
}

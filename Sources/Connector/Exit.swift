import ArgumentParser
import Records

/// The exit codes that scripts rely on; the worst counts.
enum Exit: Int32, Comparable {
  case done = 0
  /// D-Store was out of reach or answered U: the next run repeats.
  case tryLater = 75
  /// Something needs a person.
  case needsPerson = 1
  /// Settings or a mapping are wrong.
  case wrongSettings = 2

  private var rank: Int {
    switch self {
    case .done: 0
    case .tryLater: 1
    case .needsPerson: 2
    case .wrongSettings: 3
    }
  }

  static func < (left: Exit, right: Exit) -> Bool { left.rank < right.rank }

  /// Ends the program, if there is something to say by its code.
  func end() throws {
    if self != .done { throw ExitCode(rawValue) }
  }
}

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
      try tell([problem], problem.code == "workspace" ? .wrongSettings : .needsPerson, asJSON)
    }
  }

  private static func tell(_ problems: [Problem], _ exit: Exit, _ asJSON: Bool) throws {
    if asJSON {
      var object = JSONText()
      object.begin()
      object.list("problems", problems) { $0.add(problem: $1) }
      object.number("exit", Int64(exit.rawValue))
      object.end()
      Terminal.say(object.text)
    }
    Terminal.error(problems)
    try exit.end()
  }
}

import ArgumentParser

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

package import Records

/// Decides what follows a try; the caller does the waiting.
package struct RetryPolicy: Hashable, Sendable {
  package enum Decision: Hashable, Sendable {
    /// Accepted or refused: nothing more to send.
    case settled
    /// The same bytes again in this run, after a pause.
    case again(after: Duration)
    /// The same bytes again in a later run, not before a pause has passed. `needsPerson` says
    /// that so many tries have failed that somebody must look.
    case later(after: Duration, needsPerson: Bool)
  }

  /// The pauses between the tries of one run; their number is the number of repeats.
  package var pauses: [Duration] = [.seconds(1), .seconds(2), .seconds(4)]
  /// The pause after the first run in vain; it doubles with every further run.
  package var firstRest: Duration = .seconds(60)
  package var longestRest: Duration = .seconds(15 * 60)
  /// By how much a pause may be longer, as a share of itself: many connectors that lost D-Store at
  /// the same moment must not come back at the same moment.
  package var spread = 0.5
  /// A wait that D-Store asks for is sat out within the run up to this, else left to a later run.
  package var patience: Duration = .seconds(10)
  /// After so many tries in all a person must look.
  package var warnAfterTries = 12

  package init() {}

  /// - Parameters:
  ///   - triesInRun: tries of this request in this run, the last one included.
  ///   - triesInAll: tries over all runs, the last one included.
  ///   - chance: from 0 to 1, how much of the spread a pause gets.
  package func decision(
    after delivery: Delivery, triesInRun: Int, triesInAll: Int, chance: Double
  ) -> Decision {
    switch delivery.outcome {
    case .accepted, .refused: return .settled
    case .unknown, .unsent: break
    }
    let stretch = 1 + spread * chance
    let asked = delivery.retryAfter.map { Duration.seconds($0) }
    if triesInRun >= 1, triesInRun <= pauses.count {
      let pause = pauses[triesInRun - 1]
      guard delivery.isRateLimited || asked != nil else { return .again(after: pause * stretch) }
      if let asked, asked <= patience { return .again(after: max(asked, pause) * stretch) }
    }
    return .later(
      after: max(rest(afterTries: triesInAll), asked ?? .zero) * stretch,
      needsPerson: triesInAll >= warnAfterTries)
  }

  /// The pause before the next run may try again; grows with the tries so far.
  package func rest(afterTries tries: Int) -> Duration {
    let runs = (max(tries, 1) - 1) / (pauses.count + 1)
    var rest = firstRest
    for _ in 0..<min(runs, 32) where rest < longestRest { rest *= 2 }
    return min(rest, longestRest)
  }
}

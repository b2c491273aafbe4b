import Dispatch
package import Records
import Synchronization

/// Writes orders to the outbox as soon as they are recorded, on a thread of its own: files and the
/// ledger make it wait, and answers must not wait with it.
package final class OutboxPump: Sendable {
  /// How often it looks without having been woken: what could not be written may be possible now,
  /// and `run` may have left something.
  private static let pause = Duration.seconds(1)

  /// How long it waits at least from one pass to the next. What comes alone is written at once; what
  /// comes meanwhile goes together, and answers have the machine until then.
  private static let rest = Duration.milliseconds(100)

  private let bell = Bell()
  private let stopping = Bell()
  private let ended = DispatchSemaphore(value: 0)
  private let told = Mutex<Set<Problem>>([])

  package init() {}

  /// Says that there is something to write; costs next to nothing.
  package func wake() { bell.ring() }

  /// Begins to write.
  ///
  /// - Parameters:
  ///   - make: makes what writes; it stays on this thread.
  ///   - known: problems that were told before.
  ///   - tell: hears what was written, and of each problem once until it is over.
  package func start(
    _ make: @escaping @Sendable () -> OutboxRelease, known: [Problem] = [],
    tell: @escaping @Sendable (OutboxReport) -> Void
  ) {
    told.withLock { $0 = Set(known) }
    DispatchQueue(label: "outbox").async { [self] in
      let release = make()
      var next: ContinuousClock.Instant
      repeat {
        bell.wait(for: .zero)
        next = .now + Self.rest
        pass(release, tell)
        bell.wait(for: Self.pause)
      } while !stopping.wait(for: next - .now)
      pass(release, tell)
      ended.signal()
    }
  }

  /// Writes what is recorded so far, and ends; waits for that.
  package func stop() {
    stopping.ring()
    bell.ring()
    ended.wait()
  }

  private func pass(_ release: OutboxRelease, _ tell: (OutboxReport) -> Void) {
    var report = OutboxReport()
    do throws(Problem) {
      try release.pass(into: &report)
    } catch {
      report.problems.append(error)
    }
    report.problems = told.withLock { told in
      let news = report.problems.filter { !told.contains($0) }
      // What is put off is not over because this pass did not try it.
      told = told.filter { report.reasons.contains($0.reason) }.union(report.problems)
      return news
    }
    if !report.isEmpty { tell(report) }
  }
}

import ArgumentParser
import Foundation

@main struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Tests/Fuzzing/run",
    abstract: "Gives odd inputs to the readers, and checks what becomes of them.",
    discussion: """
      Each execution takes a file of Tests/Fixtures/fuzzing or of other fixtures, changes it, and \
      gives it to a reader in one of several ways. What must be true then is written in the \
      target: the same records in blocks of every size, the same answer as a plain reader gives, \
      every place inside the file. An execution depends on the seed and its number alone, so that \
      it can be repeated. An input that is found is put into the corpus, which the test suite reads \
      in every way, beside some thousand executions a target with the seed of the day.

      Variables: SANITIZE=address or thread builds with that sanitizer.
      """)

  @Option(help: "The reader: \(FuzzTargets.all.map { $0.name }.joined(separator: ", ")).")
  var target: String

  @Option(help: "How many executions.")
  var executions = 1_000_000

  @Option(help: "Another seed gives other executions; default: the seed of the day.")
  var seed: UInt64?

  @Option(help: "The number of the first execution.")
  var from = 0

  @Flag(help: "Write the input of the first execution to standard output, and try nothing.")
  var show = false

  @Option(help: "Where the command is kept that repeats the execution that is being tried.")
  var last: String?

  /// An execution that takes longer hangs.
  private static let longest: UInt32 = 60

  func validate() throws {
    if FuzzTargets.named(target) == nil { throw ValidationError("There is no target \(target).") }
  }

  func run() throws {
    guard let kind = FuzzTargets.named(target) else { return }
    let loop = try FuzzLoop(kind, seed: seed ?? FuzzLoop.seedOfTheDay)
    if show { return FileHandle.standardOutput.write(Data(loop.input(from))) }
    let last = try last.map(LastExecution.init)
    print("\(target): seed \(loop.seed)")
    let begin = ContinuousClock.now
    var slowest = (time: Duration.zero, number: 0)
    let end = from + executions
    for number in from..<end {
      alarm(Self.longest)
      let start = ContinuousClock.now
      last?.note(loop.command(number))
      do {
        try loop.run(number)
      } catch {
        print(error)
        throw ExitCode.failure
      }
      slowest = max(slowest, (start.duration(to: .now), number)) { $0.time < $1.time }
      if (number + 1 - from) % 50_000 == 0 { tell(number + 1 - from, begin, slowest) }
    }
    tell(executions, begin, slowest)
  }

  private func tell(
    _ count: Int, _ begin: ContinuousClock.Instant, _ slowest: (time: Duration, number: Int)
  ) {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    let seconds = Int(begin.duration(to: .now).components.seconds)
    print(
      """
      \(target): \(count) executions in \(seconds) s, \(usage.ru_maxrss / 1024) MiB at most, \
      the slowest \(slowest.time.formatted(.units(allowed: [.milliseconds]))) (number \
      \(slowest.number)), nothing found
      """)
    fflush(nil)
  }
}

private func max<Value>(_ left: Value, _ right: Value, by isLess: (Value, Value) -> Bool) -> Value {
  isLess(left, right) ? right : left
}

import Foundation
import Fuzzing
import Testing

/// The readers hold what they promise for odd inputs too.
///
/// `Tests/Fuzzing/run` does the same for as long as one likes.
@Suite(.serialized) struct FuzzingTests {
  /// Executions that take some seconds each in a debug build.
  static let executions: [(target: String, count: Int)] = [
    ("csv", 400), ("json", 1000), ("yaml", 1000), ("mapping", 400), ("mustache", 1000),
    ("http", 400),
  ]

  @Test("every target is tried")
  func complete() {
    #expect(Self.executions.map(\.target) == FuzzTargets.all.map { $0.name })
  }

  @Test("each file of the corpus, read in every way", arguments: executions.map(\.target))
  func corpus(_ name: String) async throws {
    try await Self.onThread {
      let target = try #require(FuzzTargets.named(name))
      let files = Corpus(of: target).files
      #expect(!files.isEmpty)
      let loop = try FuzzLoop(target)
      for file in files { try loop.replay(file) }
    }
  }

  @Test("inputs of the day", arguments: executions)
  func today(_ name: String, count: Int) async throws {
    try await Self.onThread {
      let loop = try FuzzLoop(try #require(FuzzTargets.named(name)))
      // What ends the test's program is not told by it.
      let path = "\(NSTemporaryDirectory())dstore-fuzz-\(getpid()).\(name)"
      print("\(name): seed \(loop.seed); if this ends early, \(path) says how to repeat it")
      let last = try LastExecution(path)
      defer { unlink(path) }
      for number in 0..<count {
        last.note(loop.command(number))
        try loop.run(number)
      }
    }
  }

  /// Runs what takes long on a thread of its own: it must not hold up what other tests wait for.
  private static func onThread(_ body: @escaping @Sendable () throws -> Void) async throws {
    try await withCheckedThrowingContinuation { continuation in
      let thread = Thread { continuation.resume(with: Result { try body() }) }
      thread.stackSize = 8 << 20
      thread.start()
    }
  }
}

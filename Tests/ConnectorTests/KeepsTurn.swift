import Testing

/// A test whose programs must follow each other soon: its thread waits with it until each of them
/// has ended.
///
/// A task that lets go of its thread gets it back only when hundreds of other tests have had their
/// turn; D-Store's patience, or a pause of a minute, may be over then.
struct KeepsTurn: TestTrait, TestScoping {
  @TaskLocal static var isOn = false

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await Self.$isOn.withValue(true, operation: function)
  }
}

extension Trait where Self == KeepsTurn {
  static var keepsTurn: Self { Self() }
}

package import Testing

/// A test that waits for programs or for a network.
///
/// All tests start at once and share as many threads as there are cores: a test that waits gets its
/// thread back only when hundreds of others have had their turn, and what it waits for may have
/// given up by then. These tests have threads of their own, and only a few of them run at once.
package struct TalksToPrograms: SuiteTrait, TestTrait, TestScoping {
  private static let threads = TestThreads(4)
  private static let places = TestPlaces(6)

  package var isRecursive: Bool { true }

  package func scopeProvider(for test: Test, testCase: Test.Case?) -> Self? {
    test.isSuite || testCase != nil ? nil : self
  }

  package func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    await Self.places.take()
    try await withTaskExecutorPreference(Self.threads) {
      defer { Self.places.giveBack() }
      try await function()
    }
  }
}

extension Trait where Self == TalksToPrograms {
  package static var talksToPrograms: Self { Self() }
}

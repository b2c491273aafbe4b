import Dispatch
import Records

/// Work that another thread does while its owner does something else.
///
/// Unchecked: the result is written before the group is left, and read after waiting for it.
final class Aside<Value: Sendable>: @unchecked Sendable {
  private let group = DispatchGroup()
  private var result: Result<Value, Problem>?

  /// Begins at once.
  init(_ work: @escaping @Sendable () throws(Problem) -> Value) {
    group.enter()
    DispatchQueue.global(qos: .userInitiated).async { [self] in
      result = Result(catching: work)
      group.leave()
    }
  }

  /// What came of it; waits for its end.
  func value() throws(Problem) -> Value {
    group.wait()
    guard let result else { preconditionFailure("the group is left before the work has ended") }
    return try result.get()
  }
}

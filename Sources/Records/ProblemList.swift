/// Problems as they are found, in their order, so that a person sees all of them at once.
///
/// It belongs to one reading of one thing; what was found leaves it as ``all``.
package final class ProblemList {
  package private(set) var all: [Problem] = []

  package init() {}

  package var isEmpty: Bool { all.isEmpty }

  package func add(_ problem: Problem) { all.append(problem) }

  package func add(_ problems: [Problem]) { all += problems }

  /// - Throws: all of them together, where there are any.
  package func throwIfAny() throws(Problems) {
    if !all.isEmpty { throw Problems(all) }
  }
}

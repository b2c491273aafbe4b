package import Records

/// The changes of a file in the order in which they happened: by their times, and by line where
/// times are equal. A line without a time happened right after the line of its order above it.
package enum ChangeSequence {
  /// - Parameter changes: of one file, by line.
  package static func inOrder(_ changes: [OrderChange]) -> [OrderChange] {
    var latest: [String: Int64] = [:]
    let timed = changes.enumerated().map { index, change in
      let time = change.changedAt ?? latest[change.order] ?? .min
      latest[change.order] = time
      return (time: time, index: index, change: change)
    }
    return timed.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.change)
  }
}

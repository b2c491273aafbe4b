package import Records

/// Changes in the order in which they happened: by their times, and as they were said where times
/// are equal. A change without a time happened right after the one of its order said before it.
package enum ChangeSequence {
  /// - Parameters:
  ///   - said: what holds the changes, as they were said: by file and line.
  ///   - change: gives the change of one.
  package static func inOrder<Said>(_ said: [Said], by change: (Said) -> OrderChange) -> [Said] {
    var latest: [String: Int64] = [:]
    let timed = said.enumerated().map { index, one in
      let time = change(one).changedAt ?? latest[change(one).key] ?? .min
      latest[change(one).key] = time
      return (time: time, index: index, one: one)
    }
    return timed.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.one)
  }
}

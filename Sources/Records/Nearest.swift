/// The name that a person most likely meant, for the sentence after "unknown".
///
/// - Returns: the candidate with the fewest edits, if they are at most a third of its length.
package func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
  let wanted = Array(name.lowercased().unicodeScalars)
  var best: (edits: Int, name: String)?
  for candidate in candidates {
    let scalars = Array(candidate.lowercased().unicodeScalars)
    // Between words of one or two letters every guess would be as good as any other.
    let longest = max(wanted.count, scalars.count)
    let limit = longest < 3 ? 0 : max(1, longest / 3)
    // A difference in length costs as many edits, and finding that out costs nothing.
    guard abs(wanted.count - scalars.count) <= limit else { continue }
    let edits = editDistance(wanted, scalars)
    guard edits <= limit else { continue }
    if best == nil || edits < best!.edits { best = (edits, candidate) }
  }
  return best?.name
}

/// ` Did you mean "name"?`, or nothing.
package func suggestion(for name: String, among candidates: some Sequence<String>) -> String {
  nearest(to: name, among: candidates).map { "Did you mean \"\($0)\"?" } ?? ""
}

extension String {
  /// Itself, or another text where it is empty.
  package func orElse(_ other: @autoclosure () -> String) -> String { isEmpty ? other() : self }
}

/// How many letters must be put in, taken away, changed, or swapped with their neighbour.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
  var beforePrevious: [Int] = []
  var previous = Array(0...right.count)
  for (row, scalar) in left.enumerated() {
    var current = [row + 1]
    for (column, other) in right.enumerated() {
      let replaced = previous[column] + (scalar == other ? 0 : 1)
      var edits = min(replaced, previous[column + 1] + 1, current[column] + 1)
      if row > 0, column > 0, scalar == right[column - 1], left[row - 1] == other {
        edits = min(edits, beforePrevious[column - 1] + 1)
      }
      current.append(edits)
    }
    (beforePrevious, previous) = (previous, current)
  }
  return previous[right.count]
}

import InboxFiles
import Records
import RowMapping

/// Finds mappings that take the same files, for `check`: a run leaves such files alone.
struct RivalMappings {
  let mappings: [InboxMapping]

  /// Mappings of the same pattern, whether such a file is there or not; then every file of the inbox
  /// that several others take.
  func problems(in inbox: Inbox) -> [Problem] {
    let files = (try? inbox.listing())?.files ?? []
    return samePatterns + files.compactMap { problem(of: $0.name) }
  }

  private var samePatterns: [Problem] {
    var problems: [Problem] = []
    var seen: [String: InboxMapping] = [:]
    for mapping in mappings {
      for pattern in Set(mapping.file.files.map(\.pattern)).sorted() {
        guard let other = seen[pattern] else {
          seen[pattern] = mapping
          continue
        }
        problems.append(
          Problem(
            "two-mappings", at: Place(file: mapping.file.path), value: pattern,
            "this mapping and \(other.file.path) take the same files, and what two mappings take is "
              + "left alone",
            remedy: "Change files: in one of them."))
      }
    }
    return problems
  }

  private func problem(of name: String) -> Problem? {
    var patterns: Set<String> = []
    let taking = mappings.filter { mapping in
      let pattern = mapping.file.files.first { Inbox.matches(name, pattern: $0.pattern) }
      if let pattern { patterns.insert(pattern.pattern) }
      return pattern != nil
    }
    // Those of the same pattern were told already.
    return taking.count > 1 && patterns.count == taking.count
      ? FoundFiles.rivals(name, taking) : nil
  }
}

import Records

/// Which paths of a JSON export were looked for, and which were found.
struct PathSightings {
  private enum State { case unasked, missed, found }

  private var slots: [State]
  private var levels: [State]

  init(slots: Int, levels: Int) {
    self.slots = Array(repeating: .unasked, count: slots)
    self.levels = Array(repeating: .unasked, count: levels)
  }

  mutating func look(slot: Int) { if slots[slot] == .unasked { slots[slot] = .missed } }

  mutating func find(slot: Int) { slots[slot] = .found }

  mutating func note(level: Int, isFound: Bool) {
    if isFound {
      levels[level] = .found
    } else if levels[level] == .unasked {
      levels[level] = .missed
    }
  }

  /// Whether a level's list was looked for and never found.
  func isMissed(level: Int) -> Bool { levels[level] == .missed }

  /// The paths that were looked for and never found, as the mapping writes them. What one level
  /// found under a path, no other has missed.
  func missed(in plan: RecordPlan, rows: [NestedLevel]) -> [String] {
    let own = Set(rows.map(\.level))
    let lists = plan.lists.filter { !own.contains($0.key) }.sorted { $0.key < $1.key }
    let all =
      lists.map { (word: $0.value, state: levels[$0.key]) }
      + slots.indices.map { (word: plan.names.words[$0], state: slots[$0]) }
    var seen = Set(all.lazy.filter { $0.state == .found }.map(\.word))
    return all.compactMap { path in
      path.state == .missed && seen.insert(path.word).inserted ? path.word : nil
    }
  }
}

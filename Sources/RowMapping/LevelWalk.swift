import JSON
import Records
import Templates

extension RecordScope {
  /// Opens the levels of a template one inside the other, and runs `body` for each of their
  /// elements for which the template's conditions hold, or cannot be told; it is given why.
  func forEach(
    _ template: ProductTemplate, _ body: (_ fault: Problem?) -> Void
  ) throws(Problem) {
    if template.each.isEmpty { return check(template.when, body) }
    try open(template.each[...], template.when, body)
  }

  /// The same for levels and conditions that belong to no product.
  func forEach(
    _ levels: [EachLevel], when conditions: [Condition], _ body: (_ fault: Problem?) -> Void
  ) throws(Problem) {
    if levels.isEmpty { return check(conditions, body) }
    try open(levels[...], conditions, body)
  }

  private func open(
    _ levels: ArraySlice<EachLevel>, _ conditions: [Condition], _ body: (Problem?) -> Void
  ) throws(Problem) {
    guard let level = levels.first else { return check(conditions, body) }
    let rest = levels.dropFirst()
    switch level.source {
    case .columns(let column):
      for match in matches(of: column) {
        frames[level.level] = .column(match)
        try open(rest, conditions, body)
      }
    case .json(let above, let path):
      try forEachElement(of: path, below: above, as: level.level) { _ throws(Problem) in
        try open(rest, conditions, body)
      }
    case .joined(let file):
      for index in 0..<joinedRows[file].count {
        frames[level.level] = .row(joinedRows[file][index])
        try open(rest, conditions, body)
      }
    case .groupRows: try openGroup(rest, conditions, body)
    }
  }

  private func check(_ conditions: [Condition], _ body: (Problem?) -> Void) {
    do throws(Problem) {
      for condition in conditions {
        evaluator.startAfresh()
        if try !condition.holds(in: self) { return }
      }
      body(nil)
    } catch {
      body(error)
    }
  }

  private func openGroup(
    _ rest: ArraySlice<EachLevel>, _ conditions: [Condition], _ body: (Problem?) -> Void
  ) throws(Problem) {
    guard let group else { return }
    let outer = row
    defer { row = outer }
    for index in 0..<group.count where group.isKept[index] {
      row = group[index]
      try open(rest, conditions, body)
    }
  }

  /// Runs `body` for every element of the list that a path leads to; a `*` in it walks all values of
  /// an object or a list.
  ///
  /// - Parameters:
  ///   - above: the open level below which the path begins.
  ///   - level: the level that stands for the element.
  /// - Throws: a problem with the path as its field, where something else stands on the way or in
  ///   the place of the list.
  func forEachElement(
    of path: [String], below above: Int, as level: Int,
    _ body: (JSONValue) throws(Problem) -> Void
  ) throws(Problem) {
    guard case .json(let value, _) = frames[above] else { return }
    var isFound = false
    do throws(Problem) {
      isFound = try walk(value, path[...]) { element, key throws(Problem) in
        frames[level] = .json(element, key: key)
        try body(element)
      }
    } catch {
      throw error.filled(from: Place(field: path.joined(separator: ".")))
    }
    sightings.note(level: level, isFound: isFound)
  }

  /// - Returns: whether the path was met.
  private func walk(
    _ value: JSONValue, _ path: ArraySlice<String>,
    _ body: (JSONValue, Bytes) throws(Problem) -> Void
  ) throws(Problem) -> Bool {
    guard let name = path.first else {
      if value.isVoid { return true }
      try value.forEachListed { inner, key throws(Problem) in
        try holding(key) { key throws(Problem) in try body(inner, key) }
      }
      return true
    }
    guard name == "*" else {
      var name = name
      let next = try name.withUTF8 { buffer in
        Result { () throws(Problem) in try value.member(Bytes(buffer)) }
      }.get()
      return try next.map { next throws(Problem) in
        try walk(next, path.dropFirst(), body)
      } ?? false
    }
    // The last `*` stands for the elements themselves; one before it only leads on.
    var isMet = path.count == 1
    if value.isVoid { return isMet }
    try value.forEachKeyed { inner, key throws(Problem) in
      if path.count == 1 {
        try holding(key) { key throws(Problem) in try body(inner, key) }
      } else {
        isMet = try walk(inner, path.dropFirst(), body) || isMet
      }
    }
    return isMet
  }
}

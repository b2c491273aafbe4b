import Records

/// Puts a file's events together to a tree and refuses what this program does not read.
struct TreeBuilder {
  let source: SourceText
  private let events: EventStream

  init(_ source: SourceText) throws(Problem) {
    self.source = source
    events = try EventStream(source)
  }

  /// The tree of the file's only document.
  func tree() throws(Problem) -> YAMLNode {
    guard case .documentStart = try events.next().kind else {
      return YAMLNode(content: .mapping([]), place: Place(file: source.file, line: 1, column: 1))
    }
    let root = try node(from: events.next(), depth: 0)
    let last = try events.next()
    guard case .streamEnd = last.kind else { throw Refusal.secondDocument(last.place) }
    return root.isAbsent ? YAMLNode(content: .mapping([]), place: root.place) : root
  }

  private func node(from event: Event, depth: Int) throws(Problem) -> YAMLNode {
    try refuseMarkup(event)
    if depth >= YAML.maxDepth { throw Refusal.depth(event.place) }
    switch event.kind {
    case .scalar(let text, let isPlain):
      if isPlain { try CommentCheck(source: source).run(text, event) }
      return YAMLNode(content: .scalar(text, isPlain: isPlain), place: event.place)
    case .listStart(let isFlow):
      return YAMLNode(
        content: .list(try list(depth: depth + 1)), place: event.place, isFlow: isFlow)
    case .mappingStart(let isFlow):
      let entries = try mapping(isFlow: isFlow, depth: depth + 1)
      return YAMLNode(content: .mapping(entries), place: event.place, isFlow: isFlow)
    case .alias, .documentStart, .end, .streamEnd:
      throw Refusal.unreadable(event.place)
    }
  }

  private func refuseMarkup(_ event: Event) throws(Problem) {
    if case .alias = event.kind { throw Refusal.alias(LineSuspect(source, at: event.place)) }
    if event.hasAnchor { throw Refusal.anchor(LineSuspect(source, at: event.place)) }
    if event.hasTag { throw Refusal.tag(LineSuspect(source, at: event.place)) }
  }

  private func list(depth: Int) throws(Problem) -> [YAMLNode] {
    var nodes: [YAMLNode] = []
    while true {
      let event = try events.next()
      if case .end = event.kind { return nodes }
      nodes.append(try node(from: event, depth: depth))
    }
  }

  private func mapping(isFlow: Bool, depth: Int) throws(Problem) -> [YAMLEntry] {
    var entries: [YAMLEntry] = []
    var places: [String: Place] = [:]
    while true {
      let event = try events.next()
      if case .end = event.kind { return entries }
      let key = try key(from: event)
      if let first = places.updateValue(event.place, forKey: key) {
        throw Refusal.duplicate(key, event.place, first: first)
      }
      let value = try node(from: events.next(), depth: depth)
      if isFlow, value.isAbsent { try refuseMissingColon(after: event, key: key) }
      entries.append(YAMLEntry(key: key, place: event.place, value: value))
    }
  }

  private func key(from event: Event) throws(Problem) -> String {
    try refuseMarkup(event)
    guard case .scalar(let key, let isPlain) = event.kind else {
      throw Refusal.key(event.place, source.line(event.place.line))
    }
    if isPlain, key == "<<" { throw Refusal.merge(event.place) }
    if isPlain { try CommentCheck(source: source).run(key, event) }
    return key
  }

  /// `{price: 6,50}` would be two entries, the second one a key that nobody wrote.
  private func refuseMissingColon(after key: Event, key text: String) throws(Problem) {
    let next = source.rest(from: key.end).first { $0 != " " && $0 != "\t" }
    if next == ":" { return }
    let line = LineSuspect(source, at: key.place)
    if text.hasSuffix("$"), next == "{" { throw Mistake.templateInFlow(line) }
    throw Refusal.valueless(text, key.place)
  }
}

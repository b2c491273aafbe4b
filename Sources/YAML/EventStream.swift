import CYAML
import Records

/// libyaml's events of one file, one after the other.
final class EventStream {
  private let source: SourceText
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  init(_ source: SourceText) throws(Problem) {
    self.source = source
    parser = .allocate(capacity: 1)
    input = .allocate(capacity: max(source.bytes.count, 1))
    guard yaml_parser_initialize(parser) == 1 else {
      parser.deallocate()
      input.deallocate()
      throw Problem("yaml-memory", at: Place(file: source.file), "there is no memory left")
    }
    _ = input.initialize(from: source.bytes)
    yaml_parser_set_input_string(parser, input.baseAddress, source.bytes.count)
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// The next event; those that mean nothing for the tree are passed over.
  ///
  /// - Throws: what a person did wrong, in words.
  func next() throws(Problem) -> Event {
    while true {
      var event = yaml_event_t()
      guard yaml_parser_parse(parser, &event) == 1 else { throw Mistake(fault, in: source).problem }
      defer { yaml_event_delete(&event) }
      if let kind = Self.kind(of: event) { return read(event, kind) }
    }
  }

  private static func kind(of event: yaml_event_t) -> Event.Kind? {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT: .documentStart
    case YAML_SCALAR_EVENT: scalar(event)
    case YAML_SEQUENCE_START_EVENT:
      .listStart(isFlow: event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE)
    case YAML_MAPPING_START_EVENT:
      .mappingStart(isFlow: event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: .end
    case YAML_ALIAS_EVENT: .alias
    case YAML_STREAM_END_EVENT, YAML_NO_EVENT: .streamEnd
    default: nil
    }
  }

  private static func scalar(_ event: yaml_event_t) -> Event.Kind {
    let scalar = event.data.scalar
    let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    return .scalar(
      String(decoding: bytes, as: UTF8.self), isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE)
  }

  private func read(_ event: yaml_event_t, _ kind: Event.Kind) -> Event {
    var (hasAnchor, hasTag) = (false, false)
    switch event.type {
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      hasAnchor = scalar.anchor != nil
      // libyaml swallows the tag "!", and leaves this trace of it.
      let isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE
      hasTag = scalar.tag != nil || (isPlain && scalar.plain_implicit == 0)
    case YAML_SEQUENCE_START_EVENT:
      hasAnchor = event.data.sequence_start.anchor != nil
      hasTag = event.data.sequence_start.tag != nil
    case YAML_MAPPING_START_EVENT:
      hasAnchor = event.data.mapping_start.anchor != nil
      hasTag = event.data.mapping_start.tag != nil
    default: break
    }
    return Event(
      kind: kind, place: place(event.start_mark), end: place(event.end_mark),
      hasAnchor: hasAnchor, hasTag: hasTag)
  }

  private func place(_ mark: yaml_mark_t) -> Place {
    Place(file: source.file, line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  /// What libyaml says about the place where it gave up.
  private var fault: Fault {
    let parser = self.parser.pointee
    return Fault(
      problem: parser.problem.map { String(cString: $0) } ?? "it cannot be read",
      place: place(parser.problem_mark),
      context: parser.context.map { String(cString: $0) } ?? "",
      start: parser.context == nil ? nil : place(parser.context_mark))
  }
}

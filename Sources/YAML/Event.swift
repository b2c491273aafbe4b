import Records

/// What libyaml met next in a file, with its place.
struct Event {
  enum Kind {
    case documentStart
    case scalar(String, isPlain: Bool)
    case listStart(isFlow: Bool)
    case mappingStart(isFlow: Bool)
    case end
    case alias
    case streamEnd
  }

  let kind: Kind
  let place: Place
  /// Where the text goes on behind it.
  let end: Place
  let hasAnchor: Bool
  let hasTag: Bool
}

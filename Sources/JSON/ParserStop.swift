/// Why a parser stopped before its value was complete.
enum ParserStop: Error, Equatable {
  /// The bytes end, the text doesn't; parsing can go on once there are more.
  case needsMore
  case truncated(at: Int, String)
  case fault(at: Int, String)

  /// The stop in words, for a text that has `count` bytes and no more.
  func description(count: Int) -> (offset: Int, message: String, isTruncated: Bool) {
    switch self {
    case .needsMore: (count, "the text is cut off", true)
    case .truncated(let offset, let message): (offset, message, true)
    case .fault(let offset, let message): (offset, message, false)
    }
  }
}

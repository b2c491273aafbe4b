/// Whether one name can fit two patterns of `files:`, as fnmatch(3) reads them.
struct PatternOverlap {
  private enum Token: Equatable {
    case sign(Character)
    /// Any sign but a slash.
    case any
    /// One of these, or none of them.
    case among([ClosedRange<Character>], isInverted: Bool)
    /// Any run of signs but slashes.
    case run
  }

  private let first: [Token]
  private let second: [Token]
  /// Pairs of positions that lead nowhere.
  private var failed: Set<[Int]> = []

  static func exists(_ first: String, _ second: String) -> Bool {
    var overlap = PatternOverlap(first: tokens(first), second: tokens(second))
    return overlap.meets(0, 0)
  }

  private init(first: [Token], second: [Token]) {
    self.first = first
    self.second = second
  }

  /// Whether the rests of both patterns have a name in common.
  private mutating func meets(_ left: Int, _ right: Int) -> Bool {
    if failed.contains([left, right]) { return false }
    let one = left < first.count ? first[left] : nil
    let other = right < second.count ? second[right] : nil
    let found: Bool =
      switch (one, other) {
      case (nil, nil): true
      case (.run, _):
        meets(left + 1, right) || (other.map(Self.mayStandInRun) ?? false && meets(left, right + 1))
      case (_, .run):
        meets(left, right + 1) || (one.map(Self.mayStandInRun) ?? false && meets(left + 1, right))
      case (let one?, let other?): Self.agree(one, other) && meets(left + 1, right + 1)
      default: false
      }
    if !found { failed.insert([left, right]) }
    return found
  }

  private static func mayStandInRun(_ token: Token) -> Bool { token != .sign("/") }

  private static func agree(_ one: Token, _ other: Token) -> Bool {
    switch (one, other) {
    case (.sign(let one), .sign(let other)): one == other
    case (.sign(let sign), let other), (let other, .sign(let sign)): holds(other, sign)
    default: true
    }
  }

  private static func holds(_ token: Token, _ sign: Character) -> Bool {
    if sign == "/" { return false }
    guard case .among(let ranges, let isInverted) = token else { return true }
    return ranges.contains { $0.contains(sign) } != isInverted
  }

  /// Letters of the ending count the same in both cases.
  private static func tokens(_ pattern: String) -> [Token] {
    let dot = pattern.lastIndex(of: ".") ?? pattern.endIndex
    var rest = Array(pattern[..<dot] + pattern[dot...].lowercased())[...]
    var tokens: [Token] = []
    while let sign = rest.popFirst() {
      switch sign {
      case "*": tokens.append(.run)
      case "?": tokens.append(.any)
      case "\\": tokens.append(.sign(rest.popFirst() ?? sign))
      case "[": tokens.append(set(&rest) ?? .sign(sign))
      default: tokens.append(.sign(sign))
      }
    }
    return tokens
  }

  /// What stands in brackets.
  ///
  /// - Returns: `nil`, and takes nothing, where they are never closed.
  private static func set(_ rest: inout ArraySlice<Character>) -> Token? {
    let isInverted = rest.first == "!" || rest.first == "^"
    let body = isInverted ? rest.dropFirst() : rest
    guard let end = body.dropFirst().firstIndex(of: "]") else { return nil }
    var signs = body[..<end]
    var ranges: [ClosedRange<Character>] = []
    while let low = signs.popFirst() {
      if signs.first == "-", signs.count > 1 {
        signs.removeFirst()
        let high = signs.removeFirst()
        if low <= high { ranges.append(low...high) }
      } else {
        ranges.append(low...low)
      }
    }
    rest = rest[(end + 1)...]
    return .among(ranges, isInverted: isInverted)
  }
}

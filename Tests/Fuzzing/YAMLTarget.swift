import Records
import YAML

/// YAML files: their trees, and the places in them.
final class YAMLTarget: FuzzTarget {
  static let name = "yaml"
  static let separators = Array("\n:,[]{}# ".utf8)
  static let words = [
    ": ", "- ", "  ", "\t", "|\n", ">-\n", "|2+\n", "# c", " #", "'", "\"", "''", "\\n", "\\u00e9",
    "\\xff", "[", "]", "{", "}", ", ", "? ", "&a ", "*a", "<<: ", "!t ", "!!str ", "---\n", "...\n",
    "%YAML 1.2\n", "@", "`", "~", "null", "\u{FEFF}", "é", "麺", "\u{85}", "\u{2028}", "\u{0}",
    "\r\n", "\r", "[[[[[[[[[[", "{a: {a: {a: ", "- - - - - - ", "${x | y}", "{{ name }}", "a: b: c",
  ]
  static let fixtures = [
    (folder: "mappings", end: ".yaml"), (folder: "../../Mappings", end: ".yaml"),
  ]
  static let variants = 1

  init() {}

  func check(_ input: [UInt8], variant: Int) throws {
    let outcome = read(input)
    let lines = Self.lines(of: input)
    switch outcome {
    case .success(let node):
      try judge(node, lines, depth: 0)
      // The end of a line may be written in two ways.
      if !input.contains(0x0D) {
        let other = read(input.flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] })
        try expectEqual(described(other), described(outcome), "with CR LF")
      }
    case .failure(let problem): try Self.judge(problem, lines)
    }
  }

  private func read(_ input: [UInt8]) -> Result<YAMLNode, Problem> {
    Result { () throws(Problem) in try YAML.parse(input, file: "m.yaml") }
  }

  /// All that a tree holds, or what is wrong.
  private func described(_ result: Result<YAMLNode, Problem>) -> [String] {
    switch result {
    case .success(let node): described(node)
    case .failure(let problem): [problem.description]
    }
  }

  private func described(_ node: YAMLNode) -> [String] {
    let inner =
      switch node.content {
      case .scalar(let text, let isPlain): ["\(isPlain)", text]
      case .list(let nodes): nodes.flatMap(described)
      case .mapping(let entries):
        entries.flatMap { [$0.key, described($0.place)] + described($0.value) }
      }
    return [described(node.place), node.kindInWords, "\(node.isFlow)"] + inner
  }

  private func described(_ place: Place) -> String { "\(place.line ?? 0):\(place.column ?? 0)" }

  /// The characters of each line, without their ends.
  static func lines(of input: [UInt8]) -> [[Unicode.Scalar]] {
    let bytes = input.starts(with: [0xEF, 0xBB, 0xBF]) ? input[3...] : input[...]
    var lines: [[Unicode.Scalar]] = [[]]
    var last: Unicode.Scalar?
    for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
      switch (scalar, last) {
      case ("\n", "\r"): break
      case ("\n", _), ("\r", _): lines.append([])
      default: lines[lines.count - 1].append(scalar)
      }
      last = scalar
    }
    return lines
  }

  /// - Throws: a finding where a problem says nothing, or its place is not in the file.
  static func judge(_ problem: Problem, _ lines: [[Unicode.Scalar]]) throws(Finding) {
    try expect(!problem.message.isEmpty, "a problem without a message")
    try expect(problem.category == .content, "not content: \(problem.description)")
    // Where a file ends too early, the place may be the line that is missing.
    let lines = lines + [[]]
    guard let line = problem.place.line else { return }
    try expect((1...lines.count).contains(line), "no such line: \(problem.description)")
    guard let column = problem.place.column else { return }
    try expect(
      (1...lines[line - 1].count + 1).contains(column), "no such position: \(problem.description)")
  }

  private func judge(_ node: YAMLNode, _ lines: [[Unicode.Scalar]], depth: Int) throws(Finding) {
    try expect(depth <= YAML.maxDepth, "deeper than allowed")
    try judge(node.place, lines)
    switch node.content {
    case .list(let nodes): for node in nodes { try judge(node, lines, depth: depth + 1) }
    case .mapping(let entries):
      try expectEqual(Set(entries.map(\.key)).count, entries.count, "keys, and different ones")
      for entry in entries {
        try judge(entry.place, lines)
        try judge(entry.value, lines, depth: depth + 1)
      }
    case .scalar(let text, let isPlain):
      guard isPlain, let first = text.unicodeScalars.first else { return }
      let line = lines[(node.place.line ?? 1) - 1]
      let place = (node.place.column ?? 1) - 1
      try expect(place < line.count && line[place] == first, "\(text) is not at \(node.place)")
    }
  }

  private func judge(_ place: Place, _ lines: [[Unicode.Scalar]]) throws(Finding) {
    try Self.judge(Problem("place", at: place, "a node"), lines)
  }
}

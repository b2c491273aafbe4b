// What stands in [ ].
extension PatternReader {
  /// The index then stands on its ].
  mutating func set() throws(PatternFault) -> String {
    var set = PatternSet()
    index += 1
    let isNegated = take("^")
    while let sign = next, sign != "]" {
      switch sign {
      case "[":
        throw PatternFault(
          "a [ inside [ ] is not understood",
          "Write \\[ for the sign itself, and \\p{L} for letters.")
      case "&" where pattern[index...].starts(with: "&&"),
        "~" where pattern[index...].starts(with: "~~"),
        "-" where pattern[index...].starts(with: "--"):
        throw PatternFault(
          "\(sign)\(sign) inside [ ] is not understood", "Write \\\(sign) for the sign itself.")
      case "-" where !set.isEmpty && pattern.dropFirst(index + 1).first != "]":
        throw PatternFault("the - inside [ ] says no range", Self.itself("-"))
      default: try member(&set)
      }
    }
    guard next == "]" else { throw PatternFault("a [ is never closed", Self.itself("[")) }
    guard !set.isEmpty else { throw PatternFault("nothing stands in [ ]", Self.itself("[")) }
    return set.expression(not: isNegated)
  }

  private mutating func member(_ set: inout PatternSet) throws(PatternFault) {
    if next == "\\", let sign = pattern.dropFirst(index + 1).first {
      if let members = PatternSet.classes[sign.lowercasedASCII] {
        index += 2
        return set.add(class: members, not: sign.isUppercase)
      }
      if sign == "p" || sign == "P" {
        index += 1
        set.add(class: try property(), not: false)
        index += 1
        return
      }
    }
    let first = try memberCharacter()
    guard next == "-", let after = pattern.dropFirst(index + 1).first, after != "]" else {
      return set.add(first)
    }
    index += 1
    let last = try memberCharacter()
    guard set.add(first, through: last) else {
      throw PatternFault("\(first)-\(last) is no range", Self.itself("-"))
    }
  }

  private mutating func memberCharacter() throws(PatternFault) -> Character {
    guard var character = next else { throw PatternFault("a [ is never closed", Self.itself("[")) }
    if character == "\\" {
      index += 1
      guard index < pattern.count else {
        throw PatternFault("the pattern ends with a \\", Self.itself("\\"))
      }
      character = try escapedCharacter()
    }
    index += 1
    return character
  }
}

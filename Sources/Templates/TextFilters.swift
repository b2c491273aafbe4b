import Digests
import Records

/// The filters that turn one text into another.
enum TextFilters {
  /// - Parameters:
  ///   - text: not empty; no filter of these makes something out of nothing.
  ///   - isJSON: whether it is a number of a JSON export.
  static func apply(
    _ filter: Filter, to text: Bytes, isJSON: Bool, into output: ByteOutput
  ) throws(Problem) {
    switch filter {
    case .upper: output.append(text: text.text.uppercased())
    case .lower: output.append(text: text.text.lowercased())
    case .title: title(text, into: output)
    case .slug: slug(text, into: output)
    case .hash: hash(text, into: output)
    case .plainText: HTMLText.plain(text, into: output)
    case .match(let pattern): try pattern.findFirst(in: text, into: output)
    case .truncate(let length): output.append(text: truncated(text.text, to: length))
    case .pad(let width, let fill, let left): pad(text, to: width, fill, left, into: output)
    case .number(let style):
      style.append(try style.decimal(text.trimmed, isJSON: isJSON), to: output)
    case .money(let style, let currency):
      style.append(try style.amount(text.trimmed, in: currency, isJSON: isJSON), to: output)
    case .date(let style): try style.convert(text.trimmed, into: output)
    default: output.append(text)
    }
  }

  /// The pieces between the separators, trimmed, without empty ones.
  static func split(_ text: Bytes, by separator: Bytes) -> [Bytes] {
    guard !separator.isEmpty else { return text.isEmpty ? [] : [text] }
    var pieces: [Bytes] = []
    var from = 0
    while from <= text.count {
      let to = find(separator, in: text, from: from) ?? text.count
      let piece = text.slice(from, to).trimmed
      if !piece.isEmpty { pieces.append(piece) }
      from = to + separator.count
    }
    return pieces
  }

  static func replace(_ text: Bytes, _ old: Bytes, by new: Bytes, into output: ByteOutput) {
    guard !old.isEmpty else { return output.append(text) }
    var from = 0
    while let found = find(old, in: text, from: from) {
      output.append(text.slice(from, found))
      output.append(new)
      from = found + old.count
    }
    output.append(text.slice(from, text.count))
  }

  private static func find(_ needle: Bytes, in text: Bytes, from: Int) -> Int? {
    var position = from
    while position + needle.count <= text.count {
      if text.slice(position, position + needle.count) == needle { return position }
      position += 1
    }
    return nil
  }

  private static func title(_ text: Bytes, into output: ByteOutput) {
    var startsWord = true
    for character in text.text {
      let shown = startsWord ? character.uppercased() : character.lowercased()
      output.append(text: shown)
      startsWord = character.isWhitespace || character == "-"
    }
  }

  /// Letters, their marks and digits of every script, lower-cased; every run of anything else is
  /// one `-`, none at the ends; nothing left becomes the hash. Frozen: ids depend on it.
  private static func slug(_ text: Bytes, into output: ByteOutput) {
    let start = output.count
    var needsDash = false
    for scalar in key(text).unicodeScalars {
      guard isWord(scalar) else {
        needsDash = output.count > start
        continue
      }
      if needsDash { output.append(UInt8(ascii: "-")) }
      needsDash = false
      output.append(text: scalar.properties.lowercaseMapping)
    }
    if output.count == start { hash(text, into: output) }
  }

  private static func key(_ text: Bytes) -> String {
    CleanText.cleaned(text, keeping: .nothing) ?? text.text
  }

  private static func isWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .decimalNumber:
      true
    default: false
    }
  }

  /// The first 16 hexadecimal digits of SHA-256. Frozen: ids depend on it.
  private static func hash(_ text: Bytes, into output: ByteOutput) {
    let text = CleanText.cleaned(text, keeping: .lines) ?? text.text
    output.append(text: String(Bytes.withBytes(of: text) { Digest.of($0) }.hex.prefix(16)))
  }

  /// The contract counts Unicode scalars, so this does; a character is never cut in two.
  private static func truncated(_ text: String, to length: Int) -> String {
    var result = ""
    var count = 0
    for character in text {
      count += character.unicodeScalars.count
      if count > length { break }
      result.append(character)
    }
    return result
  }

  private static func pad(
    _ text: Bytes, to width: Int, _ fill: UInt8, _ left: Bool, into output: ByteOutput
  ) {
    let missing = max(0, width - text.text.unicodeScalars.count)
    if !left { output.append(text) }
    for _ in 0..<missing { output.append(fill) }
    if left { output.append(text) }
  }
}

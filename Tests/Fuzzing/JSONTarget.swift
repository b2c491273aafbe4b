import Foundation
import JSON
import Records

/// JSON texts: whole, as a stream of a list's elements, and repaired.
final class JSONTarget: FuzzTarget {
  static let name = "json"
  static let separators = Array(",:{}[]\"\n".utf8)
  static let words = [
    "{", "}", "[", "]", "[[[[[[[[", "{\"a\":{\"a\":", ",", ":", "\"", "\\", "\\\"", "\\u0000",
    "\\ud83d", "\\ude00", "\\ud83d\\ude00", "\\u00e9", "\\/", "true", "false", "null", "NaN",
    "-0", "1e5", "1E-7", "0.1e+", "\u{FEFF}", "\u{0}", "\u{2028}", "é", "😀", "\"items\":",
    "\"menu\":", "\"a\":1", "//", "\t", "\r\n", "        ",
  ]
  static let fixtures = [
    (folder: "exports", end: ".json"), (folder: "exports", end: ".jsonl"),
    (folder: "status", end: ".json"), (folder: "status", end: ".jsonl"),
    (folder: "payloads", end: ".json"), (folder: "vectors", end: "real.json"),
  ]

  private static let ways: [(path: [String], mode: JSONListReader.Mode)] = [
    ([], .json), (["items"], .json), (["menu", "items"], .json), (["*"], .json),
    (["items", "*"], .json), ([], .lines),
  ]
  static let variants = ways.count

  init() {}

  func check(_ input: [UInt8], variant: Int) throws {
    let isWhole = try checkWhole(input)
    try checkRepairing(input)
    let (path, mode) = Self.ways[variant]
    let streamed = stream(input, path, mode, block: 1 << 16)
    for block in [1, 7, 4096] {
      try expectEqual(
        stream(input, path, mode, block: block), streamed, "read in blocks of \(block)")
    }
    if mode == .json, streamed.last == "end" {
      try expect(isWhole, "a list is read to its end in what is no JSON")
    }
    if mode == .json, path.isEmpty, isWhole {
      try compareElements(input, streamed)
    }
  }

  /// - Returns: whether it is JSON.
  private func checkWhole(_ input: [UInt8]) throws -> Bool {
    let text = input.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(input.dropFirst(3)) : input
    var reference = JSONReference(text)
    let isJSON = reference.isJSON()
    let document = JSONDocument()
    do throws(JSONFault) {
      try parse(input, into: document)
    } catch {
      try judge(error, input)
      try expect(!isJSON || reference.deepest > 128, "it is JSON, and refused: \(error.message)")
      try expectEqual(document.root.kind, .null, "what a refused text leaves behind")
      return isJSON
    }
    try expect(isJSON, "it is taken for JSON, and is none")
    try compareValues(text, document)
    try checkCanonical(document)
    return true
  }

  private func parse(_ input: [UInt8], into document: JSONDocument) throws(JSONFault) {
    try Bytes.withBytes(of: input) { (bytes) throws(JSONFault) in try document.parse(bytes) }
  }

  private func judge(_ fault: JSONFault, _ input: [UInt8]) throws(Finding) {
    try expect(fault.offset >= 0 && fault.offset <= input.count, "offset \(fault.offset)")
    let before = input[..<fault.offset]
    try expectEqual(fault.line, 1 + before.count { $0 == 0x0A }, "the line")
    let lineStart = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
    let isMarked = lineStart == 0 && input.starts(with: [0xEF, 0xBB, 0xBF]) && fault.offset >= 3
    let column = 1 + before[lineStart...].count { $0 & 0xC0 != 0x80 } - (isMarked ? 1 : 0)
    try expectEqual(fault.column, column, "the column")
    if fault.isTruncated { try expectEqual(fault.offset, input.count, "where it is cut off") }
  }

  /// Foundation reads the same values, where it can read them at all: it refuses large numbers.
  private func compareValues(_ text: [UInt8], _ document: JSONDocument) throws {
    let options = JSONSerialization.ReadingOptions.fragmentsAllowed
    guard let theirs = try? JSONSerialization.jsonObject(with: Data(text), options: options) else {
      let isHard = text.contains(0x65) || text.contains(0x45) || text.contains(0)
      let digits = text.split { !($0 >= 0x30 && $0 <= 0x39) }.map(\.count).max() ?? 0
      return try expect(isHard || digits > 15, "Foundation does not take it for JSON")
    }
    // Foundation loses byte order marks in texts, and takes texts for equal whose accents are
    // composed in another way.
    let holdsMark = String(decoding: text, as: UTF8.self).unicodeScalars.contains("\u{FEFF}")
    if holdsMark || document.duplicates { return }
    try compare(document.root, theirs)
  }

  private func compare(_ ours: JSONValue, _ theirs: Any) throws {
    switch ours.kind {
    case .object:
      let members = theirs as? [String: Any]
      try expectEqual(members?.count, ours.count, "members of an object")
      for (key, value) in ours.members {
        guard let member = members?[key.text] else { throw Finding("no member \(key.text)") }
        try compare(value, member)
      }
    case .array:
      let elements = theirs as? [Any]
      try expectEqual(elements?.count, ours.count, "elements of a list")
      for (element, other) in zip(ours.elements, elements ?? []) { try compare(element, other) }
    case .string:
      try expectEqual(ours.text.utf8.map(\.self), (theirs as? String)?.utf8.map(\.self), "a text")
    case .number:
      // Foundation does not always find the nearest number.
      let (one, other) = (Double(ours.text) ?? .nan, (theirs as? NSNumber)?.doubleValue ?? .nan)
      try expect(abs(one - other) <= abs(one) * 1e-15, "\(ours.text) is not \(other)")
    case .bool: try expectEqual(ours.text == "true", theirs as? Bool, "true or false")
    case .null: try expect(theirs is NSNull, "null")
    }
  }

  private func checkCanonical(_ document: JSONDocument) throws {
    let first = canonical(document)
    let again = JSONDocument()
    try parse(first, into: again)
    try expectEqual(canonical(again), first, "the canonical form of a canonical form")
  }

  private func canonical(_ document: JSONDocument) -> [UInt8] {
    let output = ByteOutput()
    document.root.appendCanonical(to: output)
    return output.bytes.array
  }

  private func checkRepairing(_ input: [UInt8]) throws {
    let repaired = JSONDocument.repaired(input)
    try expectEqual(JSONDocument.repaired(repaired), repaired, "what was repaired, repaired again")
    let (one, other) = (JSONDocument(), JSONDocument())
    let isRepaired: Bool?
    do throws(JSONFault) {
      isRepaired = try Bytes.withBytes(of: input) { (bytes) throws(JSONFault) in
        try one.parseRepairing(bytes)
      }
    } catch {
      isRepaired = nil
    }
    if let isRepaired {
      let text = isRepaired ? repaired : input
      try parse(text, into: other)
      try expectEqual(canonical(one), canonical(other), "what is repaired on the way")
    } else {
      try expect((try? parse(repaired, into: other)) == nil, "what was repaired is JSON")
    }
  }

  /// Every element as it stands with its place, then `end` or the fault.
  private func stream(
    _ input: [UInt8], _ path: [String], _ mode: JSONListReader.Mode, block: Int
  ) -> [String] {
    let reader = JSONListReader(
      source: BlockSource(input, block: block), path: path, mode: mode, blockSize: block)
    var seen: [String] = []
    while true {
      do throws(JSONFault) {
        guard let value = try reader.next() else {
          let rest = reader.rest?.root.raw.text ?? ""
          return seen + ["\(reader.found) \(reader.bytesRead) \(rest)", "end"]
        }
        seen.append(
          "\(reader.record) \(reader.line) \(reader.key.text) \(value.raw.text) "
            + (reader.elementFault.map { "\($0.line):\($0.column) \($0.message)" } ?? ""))
      } catch {
        seen.append("\(error.offset) \(error.line):\(error.column) \(error.message)")
        guard reader.canGoOn else { return seen + [error.isTruncated ? "cut off" : "fault"] }
      }
    }
  }

  private func compareElements(_ input: [UInt8], _ streamed: [String]) throws {
    let document = JSONDocument()
    guard (try? parse(input, into: document)) != nil, document.root.kind == .array else { return }
    try expectEqual(streamed.last, "end", "a list that is JSON as a whole")
    try expectEqual(streamed.count - 2, document.root.count, "elements that come one by one")
  }
}

extension JSONDocument {
  /// Whether a key stands twice in one object; Foundation keeps one of them.
  fileprivate var duplicates: Bool {
    let output = ByteOutput()
    output.append(root.raw)
    let copy = JSONDocument()
    do throws(JSONFault) {
      try copy.parse(output.bytes, refusesDuplicateKeys: true)
      return false
    } catch {
      return true
    }
  }
}

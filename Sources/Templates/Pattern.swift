import CPCRE2
import Records

/// A regular expression of a mapping.
///
/// Where it has a group, the first group is what it gives; otherwise all that it matched. A match
/// never takes more than its budget, whatever the pattern and the text are: who writes the one
/// knows nothing of who writes the other.
final class Pattern {
  private let code: OpaquePointer
  private let group: Int

  /// What one match may take: steps of PCRE2, so that the same text has the same outcome on every
  /// machine.
  private static let steps = 250_000
  /// Memory for what a match may still have to go back to, in KiB.
  private static let memory: UInt32 = 16_384
  /// The longest text that it looks at, in bytes.
  private static let longestText = 65_536

  /// - Throws: what is wrong with the expression.
  init(_ text: String) throws(PatternFault) {
    var expression = try PatternReader.expression(of: NormalText(text).text)
    let compiling = pcre2_compile_context_create_8(nil)
    defer { pcre2_compile_context_free_8(compiling) }
    pcre2_set_newline_8(compiling, UInt32(PCRE2_NEWLINE_ANY))
    var fault: Int32 = 0
    var offset = 0
    let code = expression.withUTF8 { bytes in
      pcre2_compile_8(
        bytes.baseAddress, bytes.count, PCRE2_UTF | PCRE2_UCP, &fault, &offset, compiling)
    }
    guard let code else { throw PatternFault(Self.words(fault), "") }
    self.code = code
    var groups: UInt32 = 0
    pcre2_pattern_info_8(code, UInt32(PCRE2_INFO_CAPTURECOUNT), &groups)
    group = groups > 0 ? 1 : 0
  }

  deinit { pcre2_code_free_8(code) }

  /// Writes what the pattern finds first, which may be nothing.
  ///
  /// - Throws: a problem without a place where the text takes more than the budget.
  func findFirst(in text: Bytes, into output: ByteOutput) throws(Problem) {
    guard text.count <= Self.longestText else { throw overBudget }
    if text.isASCII {
      guard let found = try range(in: text, steps: Self.steps) else { return }
      return output.append(text.slice(found.lowerBound, found.upperBound))
    }
    let normal = NormalText(text.text)
    // Going over a character again costs as much as it has code points.
    let steps = max(1, Self.steps / normal.widest)
    let found = try Bytes.withBytes(of: normal.text) { bytes throws(Problem) in
      try range(in: bytes, steps: steps)
    }
    if let found { output.append(text: normal.original(found)) }
  }

  /// - Parameter text: UTF-8.
  private func range(in text: Bytes, steps: Int) throws(Problem) -> Range<Int>? {
    let budget = pcre2_match_context_create_8(nil)
    defer { pcre2_match_context_free_8(budget) }
    pcre2_set_match_limit_8(budget, UInt32(steps))
    pcre2_set_depth_limit_8(budget, UInt32(steps))
    pcre2_set_heap_limit_8(budget, Self.memory)
    let match = pcre2_match_data_create_from_pattern_8(code, nil)
    defer { pcre2_match_data_free_8(match) }
    let count = pcre2_match_8(
      code, text.start, text.count, 0, PCRE2_NO_UTF_CHECK | PCRE2_NO_JIT, match, budget)
    if count == PCRE2_ERROR_NOMATCH { return nil }
    guard count > 0, let places = pcre2_get_ovector_pointer_8(match) else { throw overBudget }
    let (from, to) = (places[2 * group], places[2 * group + 1])
    // A group that took no part in the match.
    if count <= group || from == Int.max { return nil }
    return from..<to
  }

  private var overBudget: Problem {
    Problem(
      "match-budget", "match would take too long with this text",
      remedy:
        "Make the pattern simpler, above all where something that repeats stands in something that "
        + "repeats, such as (\\w+\\s?)+; or shorten the text before: truncate(200) | match(…).")
  }

  private static func words(_ fault: Int32) -> String {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = pcre2_get_error_message_8(fault, &buffer, buffer.count)
    return String(decoding: buffer.prefix(max(0, Int(count))), as: UTF8.self)
  }
}

extension Bytes {
  fileprivate var isASCII: Bool { buffer.allSatisfy { $0 < 0x80 } }
}

import Contract
import JSON
import Records

/// The result in an answer's body; every part is missing where the body is no such JSON.
struct AnswerResult {
  /// `nil` too where the answer says two different ones.
  var status: String?
  var code: String?
  var message: String?
  private var isContradictory = false

  /// Reads as leniently as requests are read: a text that was cut in the middle of a character, a
  /// key that is there twice or deep nesting does not make an answer unreadable.
  ///
  /// The parts are where the contract's answer of `call` has them.
  init(_ body: [UInt8], _ call: Contract.Message) {
    let document = JSONDocument()
    Bytes.withBytes(of: body) { bytes in
      guard (try? document.parseRepairing(bytes, maxDepth: .max)) != nil else { return }
      func texts(_ role: Contract.Role) -> [String?] {
        call.answerField(role).map { Self.texts(document.root, at: $0.path) } ?? []
      }
      let statuses = Set(texts(.resultStatus))
      isContradictory = statuses.count > 1
      status = isContradictory ? nil : statuses.first ?? nil
      code = Self.shortened(texts(.resultCode).first ?? nil, to: 255)
      message = Self.shortened(texts(.resultMessage).first ?? nil, to: 500)
    }
  }

  /// `F PARAM_ILLEGAL (products[0].price is missing)`.
  var words: String {
    if isContradictory { return "the answer holds two results that contradict each other" }
    guard status != nil || code != nil else { return "the answer holds no result" }
    let words = [status, code].compactMap(\.self).map(Self.shown).joined(separator: " ")
    guard let message, !message.isEmpty else { return words }
    return "\(words) (\(Self.shown(message)))"
  }

  /// What is at a path, `nil` for what is no text; several where a key is there twice.
  private static func texts(_ root: JSONValue, at path: String) -> [String?] {
    var values = [root]
    for name in path.split(separator: ".") {
      values = values.flatMap { value in
        value.members.filter { $0.key.text == name }.map(\.value)
      }
    }
    return values.map { $0.kind == .string ? $0.text : nil }
  }

  /// The program keeps and shows it as often as the answer comes.
  private static func shortened(_ text: String?, to limit: Int) -> String? {
    guard let text, text.unicodeScalars.count > limit else { return text }
    return String(text.unicodeScalars.prefix(limit)) + "…"
  }

  /// Fit for a terminal, without quotes.
  private static func shown(_ text: String) -> String {
    String(Problem.shown(text).dropFirst().dropLast())
  }
}

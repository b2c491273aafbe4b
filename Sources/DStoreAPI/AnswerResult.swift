import Contract
import JSON
import Records

/// The result in an answer's body; every part is missing where the body is no such JSON.
struct AnswerResult {
  var status: String?
  var code: String?
  var message: String?

  /// The parts stand where the contract's answer of `call` has them.
  init(_ body: [UInt8], _ call: Contract.Message) {
    let document = JSONDocument()
    Bytes.withBytes(of: body) { bytes in
      guard (try? document.parse(bytes)) != nil else { return }
      func text(_ role: Contract.Role) -> String? {
        guard let path = call.answerField(role)?.path else { return nil }
        return Self.text(document.root, at: path)
      }
      status = text(.resultStatus)
      code = text(.resultCode)
      message = text(.resultMessage)
    }
  }

  /// `F PARAM_ILLEGAL (products[0].price is missing)`.
  var words: String {
    guard status != nil || code != nil else { return "the answer holds no result" }
    let words = [status, code].compactMap(\.self).map(Self.shown).joined(separator: " ")
    guard let message, !message.isEmpty else { return words }
    return "\(words) (\(Self.shown(message)))"
  }

  private static func text(_ root: JSONValue, at path: String) -> String? {
    var value = root
    for name in path.split(separator: ".") {
      guard let inner = value[String(name)] else { return nil }
      value = inner
    }
    return value.kind == .string ? value.text : nil
  }

  /// Fit for a terminal, without quotes.
  private static func shown(_ text: String) -> String {
    String(Problem.shown(text).dropFirst().dropLast())
  }
}

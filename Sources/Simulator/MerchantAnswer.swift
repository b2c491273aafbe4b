import Contract
import JSON
import Records
import Signing

/// What a merchant answered, once its signature was found right.
struct MerchantAnswer: Hashable, Sendable {
  /// S, F or U; nothing where the body holds no such word.
  var status: String?
  var code: String?
  var message: String?
  var posOrderId: String?
  var orderStatus: String?
  /// What the contract finds wrong with the body, in words.
  var fault: String?

  /// - Parameter call: says where the parts stand.
  init(_ body: VerifiedBody, _ call: Contract.Message, _ contract: Contract) {
    let document = JSONDocument()
    Bytes.withBytes(of: body.bytes) { bytes in
      guard (try? document.parse(bytes)) != nil else {
        fault = "the answer is no JSON"
        return
      }
      func text(_ role: Contract.Role) -> String? {
        let value = call.answerField(role).flatMap { document.root.at($0.path) }
        return value.flatMap { $0.kind == .string ? $0.text : nil }
      }
      status = text(.resultStatus)
      code = text(.resultCode)
      message = text(.resultMessage)
      posOrderId = text(.posOrderId)
      orderStatus = text(.orderStatus)
      // What else an answer holds is needed only where the call was a success.
      var finding = contract.check(document.root, as: call.name, .answer, limit: 1).first
      finding?.remedy = ""
      if status == "S" { fault = finding?.description }
    }
  }

  var outcome: OrderCallEvent.Outcome {
    switch status {
    case "S": .accepted
    case "F": .refused
    default: .unknown
    }
  }

  /// `F PROCESS_FAIL ("the shop is closed")`.
  var words: String {
    guard let status else { return fault ?? "the answer holds no result" }
    let words = [status, code ?? ""].filter { !$0.isEmpty }.map(Self.plain).joined(separator: " ")
    guard outcome != .accepted, let message, !message.isEmpty else { return words }
    return "\(words) (\(Problem.shown(message)))"
  }

  /// Fit for a terminal, without quotes.
  private static func plain(_ text: String) -> String {
    String(Problem.shown(text).dropFirst().dropLast())
  }
}

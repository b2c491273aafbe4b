import Records

/// What came of one call of D-Store's side to a merchant, for people and for tests.
package struct OrderCallEvent: Hashable, Sendable {
  package enum Outcome: String, Sendable {
    /// A signed answer said S.
    case accepted
    /// A signed answer said F.
    case refused
    /// Nobody can tell, although it was tried more than once.
    case unknown
  }

  /// `createOrder`, `pushOrderChange` or `inquireOrderDetail`.
  package var call: String
  package var requestOrderId: String
  /// What was sent, for people; empty where the id says it all.
  package var summary: String
  /// Whether the same had been sent before this call.
  package var isRepeat = false
  package var outcome: Outcome
  /// The answer's result, or why there is none; a clause without a full stop.
  package var words: String
  package var resultCode: String?
  package var posOrderId: String?
  /// From an answer to inquireOrderDetail.
  package var orderStatus: String?
  /// How often it was sent in this call.
  package var tries: Int
  /// What is odd although the outcome is clear, such as another posOrderId than before; a clause.
  package var oddity: String?

  /// One line: what was sent, what came of it.
  package var line: String {
    let about = summary.isEmpty ? "" : " (\(summary))"
    var parts = ["\(call) \(Problem.shown(requestOrderId))\(about)\(isRepeat ? ", again" : ""):"]
    parts.append(outcome == .unknown ? "no result, \(words)" : "answered \(words)")
    if let posOrderId { parts[parts.count - 1] += ", posOrderId \(Problem.shown(posOrderId))" }
    if let orderStatus { parts[parts.count - 1] += ", orderStatus \(Problem.shown(orderStatus))" }
    if tries > 1 { parts.append("[\(tries) tries]") }
    if let oddity { parts.append("[\(oddity)]") }
    return parts.joined(separator: " ")
  }
}

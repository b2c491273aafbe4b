package import Records

/// Something that a gateway did, for its log and for tests. Nothing of an order's customer is in
/// it.
package struct GatewayEvent: Hashable, Sendable {
  package enum Outcome: Hashable, Sendable {
    /// A signed answer: S, F or U, its code, and the HTTP status.
    case answered(status: String, code: String, httpStatus: Int)
    /// HTTP 500 without a body: the answer could not be signed. What was stored remains stored.
    case unsigned
    /// A request, or what was to become one, ended without an answer.
    case closed
    /// The health check was asked.
    case health(isFine: Bool)
    /// The certificate was renewed, and is in use.
    case certificateRenewed
    /// A person must know ``GatewayEvent/problem``.
    case trouble
  }

  package var outcome: Outcome
  /// The call's name; nothing for a request that is none.
  package var call: String?
  /// Whether the request bears D-Store's signature.
  package var isProven = false
  /// The order's id; nothing where the request is not proven, or its body cannot be read.
  package var requestOrderId: String?
  /// Our own id of the order, where it was answered.
  package var posOrderId: String?
  /// The same was asked before, and got the same answer.
  package var isRepeat = false
  /// Why, a clause without a full stop; empty where there is nothing to explain.
  package var reason: String
  package var flags: [OrderFlag] = []
  /// What a person must know: our own trouble, or what had to be refused.
  package var problem: Problem?
  /// Bytes of the request's body.
  package var size = 0
  /// From the end of the request's headers to the answer.
  package var milliseconds = 0
  /// The address of the other side, without its port.
  package var peer: String?

  package init(_ outcome: Outcome, reason: String = "") {
    self.outcome = outcome
    self.reason = reason
  }

  /// Whether a person should look: our own trouble, or something of D-Store's that was not stored.
  package var needsAttention: Bool {
    if problem != nil { return true }
    guard case .answered(let status, _, _) = outcome else { return false }
    return status != "S" && isProven
  }

  /// One line: what came, and what was answered.
  package var line: String {
    var parts = [call ?? "connection"]
    if let requestOrderId { parts.append(Problem.shown(requestOrderId)) }
    if let peer { parts.append("from \(peer)") }
    parts.append(words)
    if !flags.isEmpty {
      parts.append("[flags: \(flags.map(\.code).joined(separator: ", "))]")
    }
    if case .answered = outcome { parts.append("(\(size) bytes, \(milliseconds) ms)") }
    return parts.joined(separator: " ") + (problem.map { ": \($0.description)" } ?? "")
  }

  private var words: String {
    switch outcome {
    case .answered(let status, let code, let httpStatus):
      var words = "answered \(status) \(code)"
      if httpStatus != 200 { words += " HTTP \(httpStatus)" }
      if let posOrderId { words += " as \(posOrderId)" }
      if isRepeat { words += ", a repeat" }
      return status == "S" || reason.isEmpty ? words : words + ", \(Problem.shown(reason))"
    case .unsigned: return "answered HTTP 500, as the answer could not be signed"
    case .closed: return "closed, \(reason)"
    case .health(let isFine): return isFine ? "health: fine" : "health: trouble"
    case .certificateRenewed: return "certificate renewed"
    case .trouble: return "trouble"
    }
  }
}

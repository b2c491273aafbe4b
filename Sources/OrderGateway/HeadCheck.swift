import Contract

/// What can be said of a request before its body is there: which call it is, or why it is none.
struct HeadCheck: Sendable {
  enum Finding: Sendable {
    case call(Call)
    case health
    case refused(Refusal, Call?)
  }

  let calls: CallTable
  /// The most bytes of a body.
  let longestBody: Int

  func finding(_ head: RequestHead) -> Finding {
    if calls.isHealth(head.path) {
      let isRead = head.method == "GET" || head.method == "HEAD"
      return isRead ? .health : .refused(otherMethod(head), nil)
    }
    guard let call = calls.call(at: head.path) else {
      return .refused(Refusal(.unknownCall, "there is no call of this path"), nil)
    }
    guard head.method == "POST" else { return .refused(otherMethod(head), call) }
    if let refusal = refusal(of: head) { return .refused(refusal, call) }
    return .call(call)
  }

  /// The refusal of a body that turned out to be too long.
  var tooLarge: Refusal { Refusal(.tooLarge, "the body has more than \(longestBody) bytes") }

  private func otherMethod(_ head: RequestHead) -> Refusal {
    Refusal(.unknownCall, "this path is not called by this method", httpStatus: 405)
  }

  private func refusal(of head: RequestHead) -> Refusal? {
    if let size = head.bodySize, size > longestBody || size < 0 { return tooLarge }
    guard head.types.allSatisfy(Self.isJSON) else {
      return Refusal(.wrongType, "the body is not called application/json")
    }
    guard head.encodings.allSatisfy({ $0.lowercased() == "identity" }) else {
      return Refusal(.wrongType, "the body is encoded or compressed")
    }
    return nil
  }

  private static func isJSON(_ type: String) -> Bool {
    let name = type.prefix { $0 != ";" }.filter { $0 != " " && $0 != "\t" }
    return name.lowercased() == "application/json"
  }
}

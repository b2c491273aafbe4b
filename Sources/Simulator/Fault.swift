/// Something that goes wrong between a request and its answer, on request.
package enum Fault: Hashable, Sendable {
  /// Answered U; nothing is done.
  case unknown
  /// Answered F with this code; nothing is done.
  case refused(code: String)
  /// This HTTP status and no result; nothing is done.
  case httpStatus(Int)
  /// HTTP 429, with Retry-After where seconds are given; nothing is done.
  case rateLimited(retryAfter: Int?)
  /// Done, and answered without a signature.
  case unsigned
  /// Done, and answered with a signature over something else.
  case wrongSignature
  /// The connection ends before anything is done.
  case cut
  /// Done, and the connection ends in the middle of the answer.
  case cutInAnswer
  /// Done, and the connection ends before the answer.
  case answerLost
  /// Nothing is done and nothing is answered.
  case silence
  /// Done, and answered after so many seconds.
  case slow(seconds: Double)

  /// Reads `U`, `F:CODE`, `http:500`, `429`, `429:30`, `unsigned`, `wrong-signature`, `cut`,
  /// `cut-answer`, `lost`, `silence`, `slow:2.5`.
  /// - Returns: nothing for any other text.
  package init?(text: String) {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let value = parts.count == 2 ? String(parts[1]) : nil
    switch (parts[0].lowercased(), value) {
    case ("u", nil): self = .unknown
    case ("f", let code): self = .refused(code: code ?? "PROCESS_FAIL")
    case ("http", let status?):
      guard let status = Int(status), (201...599).contains(status) else { return nil }
      self = .httpStatus(status)
    case (let status, nil) where Int(status).map { (500...599).contains($0) } == true:
      self = .httpStatus(Int(status) ?? 500)
    case ("429", nil): self = .rateLimited(retryAfter: nil)
    case ("429", let seconds?):
      guard let seconds = Int(seconds), seconds >= 0 else { return nil }
      self = .rateLimited(retryAfter: seconds)
    case ("slow", let seconds?):
      guard let seconds = Double(seconds), (0...3600).contains(seconds) else { return nil }
      self = .slow(seconds: seconds)
    case (let word, nil):
      guard let fault = Self.words[word] else { return nil }
      self = fault
    default: return nil
    }
  }

  /// What ``init(text:)`` reads.
  package var text: String {
    switch self {
    case .unknown: "U"
    case .refused(let code): "F:\(code)"
    case .httpStatus(let status): "http:\(status)"
    case .rateLimited(let seconds): seconds.map { "429:\($0)" } ?? "429"
    case .slow(let seconds): "slow:\(seconds)"
    default: Self.words.first { $0.value == self }?.key ?? ""
    }
  }

  /// Whether the request is carried out anyway.
  var isCarriedOut: Bool {
    switch self {
    case .unsigned, .wrongSignature, .cutInAnswer, .answerLost, .slow: true
    default: false
    }
  }

  private static let words: [String: Fault] = [
    "unsigned": .unsigned, "wrong-signature": .wrongSignature, "cut": .cut,
    "cut-answer": .cutInAnswer, "lost": .answerLost, "silence": .silence,
  ]
}

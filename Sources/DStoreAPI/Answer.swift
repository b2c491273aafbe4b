/// What came back for a request, before anything of it is believed.
struct Answer: Sendable {
  /// The longest body that is read; an answer of D-Store's has a few hundred bytes.
  static let longestBody = 1 << 20
  /// The longest wait that an answer may ask for, in seconds.
  static let longestWait = 300

  var httpStatus: Int
  var clientId: String?
  var responseTime: String?
  var signature: String?
  var retryAfter: String?
  var body: [UInt8]

  /// Seconds; the date form of Retry-After (RFC 9110, 10.2.3) is not used towards machines.
  var wait: Int? {
    guard let retryAfter, let seconds = Int(retryAfter), seconds >= 0 else { return nil }
    return min(seconds, Self.longestWait)
  }
}

/// An answer as it goes out.
struct GatewayAnswer: Sendable {
  var httpStatus = 200
  var clientId: String
  var responseTime: String
  /// Nothing where the answer is not signed.
  var signature: String?
  var retryAfter: Int?
  var body: [UInt8] = []
}

/// A request as it came in, unproven.
struct GatewayRequest: Sendable {
  var method = "POST"
  var path: String
  var clientId: String?
  var requestTime: String?
  var signature: String?
  var body: [UInt8]
}

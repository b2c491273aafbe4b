import HTTPTypes

extension HTTPField.Name {
  static let clientId = HTTPField.Name("Client-Id")!
  static let requestTime = HTTPField.Name("Request-Time")!
  static let responseTime = HTTPField.Name("Response-Time")!
  static let signature = HTTPField.Name("Signature")!
}

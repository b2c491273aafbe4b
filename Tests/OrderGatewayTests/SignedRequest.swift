import Records
import Signing

/// A request as D-Store sends it, with which a test may meddle.
struct SignedRequest {
  var method = "POST"
  var path: String
  /// The path that is signed; nothing: the same.
  var signedPath: String?
  var clientId: String? = "CLIENT1"
  var time: String? = Scene.time
  var body: String
  /// The body that is signed; nothing: the same.
  var signedBody: String?
  /// Makes the header of the signature.
  var spelling: (String) -> String? = { $0 }
  var headers: [String] = ["Content-Type: application/json; charset=UTF-8"]
  var isChunked = false

  init(_ body: String, path: String = "/v2/pos/createOrder") {
    self.body = body
    self.path = path
  }

  /// The whole request, ready to be sent.
  func text() throws -> String { try head() + payload }

  /// Up to the body.
  func head() throws -> String {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: shop.example"] + headers
    if let clientId { lines.append("Client-Id: \(clientId)") }
    if let time { lines.append("Request-Time: \(time)") }
    if let signature = spelling(try signature()) { lines.append("Signature: \(signature)") }
    lines.append(
      isChunked ? "Transfer-Encoding: chunked" : "Content-Length: \(body.utf8.count)")
    return lines.joined(separator: "\r\n") + "\r\n\r\n"
  }

  private var payload: String {
    isChunked ? "\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n" : body
  }

  private func signature() throws -> String {
    let signer = Signer(key: try Scene.theirs(), clientId: "CLIENT1")
    let exchange = Exchange(
      path: signedPath ?? path, clientId: clientId ?? "CLIENT1", time: time ?? Scene.time,
      method: method)
    // Some of what tests send can't be signed; then any signature does.
    let any = signer.exchange(path: "/", time: Scene.time)
    return try Bytes.withBytes(of: signedBody ?? body) { (view) throws(Problem) in
      if let signature = try? signer.sign(exchange, body: view) { return signature }
      return try signer.sign(any, body: view)
    }
  }
}

import Foundation
import Records
import Signing

/// An HTTP response as it came over the wire.
struct HTTPAnswer {
  let status: Int
  /// By name in small letters.
  let headers: [String: String]
  let body: String
  /// How many bytes it took.
  let size: Int

  /// - Returns: nothing where it is not complete.
  init?(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    guard let end = text.range(of: "\r\n\r\n") else { return nil }
    let lines = text[..<end.lowerBound].components(separatedBy: "\r\n")
    let words = (lines.first ?? "").split(separator: " ")
    guard words.count >= 2, words[0] == "HTTP/1.1", let status = Int(words[1]) else { return nil }
    var headers: [String: String] = [:]
    for line in lines.dropFirst() {
      let pair = line.split(separator: ":", maxSplits: 1)
      headers[pair[0].lowercased()] = pair[1].drop { $0 == " " }.description
    }
    let length = status == 100 ? 0 : Int(headers["content-length"] ?? "") ?? 0
    let start = text[..<end.upperBound].utf8.count
    guard bytes.count >= start + length else { return nil }
    self.status = status
    self.headers = headers
    body = String(decoding: bytes[start..<start + length], as: UTF8.self)
    size = start + length
  }

  /// Whether its signature is the gateway's, for that request.
  func isSigned(path: String = "/v2/pos/createOrder", method: String = "POST") throws -> Bool {
    let key = try Scene.ours().publicKey
    let exchange = Exchange(
      path: path, clientId: headers["client-id"] ?? "", time: headers["response-time"] ?? "",
      method: method)
    let verified = try? Verifier(key: key).verify(
      exchange, body: Array(body.utf8), signature: headers["signature"])
    return verified != nil
  }
}

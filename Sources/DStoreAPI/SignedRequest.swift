import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Records
import Signing

/// A request ready to go: the headers of the gateway, and the very bytes that were signed.
struct SignedRequest: Sendable {
  let request: HTTPClientRequest
  let size: Int
  let departure = BodyBlocks.Departure()

  /// What came of it where no answer came.
  var lost: Delivery.Outcome { departure.hasBegun ? .unknown : .unsent }

  /// - Parameter moves: hears of each block of the body as it goes to the network.
  /// - Throws: where the body's file is not what was recorded, or signing fails.
  init(
    _ body: RequestBody, for exchange: Exchange, url: String, signer: Signer,
    moves: @escaping @Sendable () -> Void = {}
  ) throws(Problem) {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    let signature: String
    let content: BodyBlocks.Content
    switch body {
    case .bytes(let bytes):
      signature = try Bytes.withBytes(of: bytes) { (view) throws(Problem) in
        try signer.sign(exchange, body: view)
      }
      content = .bytes(bytes)
    case .file(let path, let size, let seal):
      let file = try BodyFile(path: path, size: size)
      let stream = try signer.stream(exchange)
      try file.forEachBlock(expecting: seal) { stream.update($0) }
      signature = try stream.finish()
      content = .file(file)
    }
    request.body = .stream(
      BodyBlocks(content: content, departure: departure, moves: moves),
      length: .known(Int64(body.size)))
    request.headers = Self.headers(exchange, signature)
    self.request = request
    size = body.size
  }

  private static func headers(_ exchange: Exchange, _ signature: String) -> HTTPHeaders {
    [
      "Client-Id": exchange.clientId,
      "Request-Time": exchange.time,
      "Signature": signature,
      "Content-Type": "application/json; charset=UTF-8",
      "Accept": "application/json",
    ]
  }
}

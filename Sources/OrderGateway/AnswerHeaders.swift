import NIOHTTP1
import Records
import Signing

/// The headers of an answer, its signature among them.
struct AnswerHeaders: Sendable {
  let signer: Signer
  let clock: AnswerClock

  /// A signed answer is signed over the path and method of its request (dstore-api, signing).
  ///
  /// Requests of ours are signed with the same key, so nothing that a stranger chose may stand in
  /// what is signed: the client id is always ours, and the path is a call's.
  /// - Parameter call: `nil` for a request that is no call; a slash is signed then.
  /// - Throws: why it cannot be signed. Such an answer must not go out: unsigned, it proves nothing.
  func signed(
    _ head: RequestHead, _ call: Call?, body: [UInt8]
  ) throws(Problem) -> HTTPHeaders {
    let reading = clock.reading
    let exchange = Exchange(
      path: call?.signedPath ?? "/", clientId: signer.clientId, time: reading.responseTime,
      method: head.method)
    let signature = try Bytes.withBytes(of: body) { (body) throws(Problem) in
      try signer.sign(exchange, body: body)
    }
    var headers = plain(reading, size: body.count)
    headers.add(name: "Client-Id", value: exchange.clientId)
    headers.add(name: "Response-Time", value: exchange.time)
    headers.add(name: "Signature", value: signature)
    return headers
  }

  func unsigned(size: Int) -> HTTPHeaders { plain(clock.reading, size: size) }

  private func plain(_ reading: AnswerClock.Reading, size: Int) -> HTTPHeaders {
    [
      "Content-Type": "application/json; charset=UTF-8", "Content-Length": String(size),
      "Date": reading.date,
    ]
  }
}

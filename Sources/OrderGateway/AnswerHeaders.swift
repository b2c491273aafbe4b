import NIOHTTP1
import Records
import Signing

/// The headers of an answer, its signature among them.
struct AnswerHeaders: Sendable {
  /// Longer client ids are not given back.
  private static let longestClientId = 128

  let signer: Signer
  let clock: AnswerClock

  /// A signed answer is signed over the path and method of its request (dstore-api, signing).
  ///
  /// - Parameter call: nothing for a request that is no call; its own path is signed then, or a
  ///   slash where that cannot be signed.
  func signed(_ head: RequestHead, _ call: Call?, body: [UInt8]) -> HTTPHeaders {
    let reading = clock.reading
    let exchange = exchange(head, call, time: reading.responseTime)
    let signature = Bytes.withBytes(of: body) { try? signer.sign(exchange, body: $0) }
    var headers = plain(reading, size: body.count)
    headers.add(name: "Client-Id", value: exchange.clientId)
    headers.add(name: "Response-Time", value: exchange.time)
    if let signature { headers.add(name: "Signature", value: signature) }
    return headers
  }

  func unsigned(size: Int) -> HTTPHeaders { plain(clock.reading, size: size) }

  private func plain(_ reading: AnswerClock.Reading, size: Int) -> HTTPHeaders {
    [
      "Content-Type": "application/json; charset=UTF-8", "Content-Length": String(size),
      "Date": reading.date,
    ]
  }

  private func exchange(_ head: RequestHead, _ call: Call?, time: String) -> Exchange {
    Exchange(
      path: call?.signedPath ?? (Self.isVisible(head.path, from: "/") ? head.path : "/"),
      clientId: clientId(head), time: time, method: head.method)
  }

  /// The caller's own, if it is fit to stand in a header.
  private func clientId(_ head: RequestHead) -> String {
    guard let clientId = head.clientId, clientId.utf8.count <= Self.longestClientId,
      Self.isVisible(clientId)
    else { return signer.clientId }
    return clientId
  }

  private static func isVisible(_ text: String, from start: String = "") -> Bool {
    !text.isEmpty && text.hasPrefix(start) && text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
  }
}

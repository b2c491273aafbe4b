import Contract
import OrderGateway
import Records
import Signing

/// Bytes that somebody sends to the gateway: whatever they are, nothing is done that D-Store did not
/// sign, and every answer is a whole one.
final class HTTPTarget: FuzzTarget {
  static let name = "http"
  static let separators = Array("\r\n:, {}?/;".utf8)
  static let words = [
    "\r\n", "\r\n\r\n", "\n", "\r", "GET /health HTTP/1.1\r\n\r\n", "HEAD ", "POST ", "PUT ",
    "OPTIONS * ", "HTTP/1.0", "HTTP/2.0", "http://x/v2/pos/createOrder", "?a=b", "#", "%2e%2e",
    "Content-Length: 0\r\n", "Content-Length: 5\r\n", "Content-Length: 1048577\r\n",
    "Content-Length: -1\r\n", "Transfer-Encoding: chunked\r\n",
    "Transfer-Encoding: gzip, chunked\r\n",
    "Expect: 100-continue\r\n", "Connection: close\r\n", "Upgrade: h2c\r\n", "Host: \r\n",
    "Content-Encoding: gzip\r\n", "Content-Type: text/plain\r\n", "Client-Id: CLIENT1\r\n",
    "0\r\n\r\n", "5\r\nabcde\r\n", "fffffffffffffffff\r\n", "algorithm=RSA256", "keyVersion=",
    "signature=", "signature=,", "%00", "\u{0}", "\u{B}", " ", "\t", "{}", "[]", "\u{FEFF}",
  ]
  static let fixtures: [(folder: String, end: String)] = []
  /// Once; and twice, so that the orders are known already.
  static let variants = 2

  /// 2026-01-31T12:08:56+08:00.
  private static let now: Int64 = 1_769_832_536_000
  private static let time = "2026-01-31T12:08:56+08:00"

  private let theirs: PrivateKey
  private let desk = WatchingDesk()
  private let gateway: OrderGateway

  init() throws {
    let ours = try KeyPair.generate()
    theirs = try KeyPair.generate().privateKey
    var configuration = OrderGatewayConfiguration(
      clientId: "CLIENT1", stores: ["kopi": ["east", "west"]],
      verifier: Verifier(key: theirs.publicKey),
      signer: Signer(key: ours.privateKey, clientId: "CLIENT1"), now: { Self.now })
    configuration.limits.farewell = .milliseconds(1)
    let (contract, desk) = (try Contract.load(), desk)
    gateway = try Waiting.result { [configuration] in
      try await OrderGateway.start(configuration, contract: contract, desk: desk)
    }
  }

  /// Lines end with CR LF, `{length}` is the body's, and `{signature}` is right; a line of `---` stands
  /// between two requests.
  func prepared(_ file: [UInt8]) throws -> [UInt8] {
    let text = String(decoding: file, as: UTF8.self)
    return try text.split(separator: "\n---\n").flatMap { Array(try request(String($0)).utf8) }
  }

  private func request(_ text: String) throws -> String {
    let parts = text.split(separator: "\n\n", maxSplits: 1).map(String.init)
    let body = parts.count > 1 ? String(parts[1].drop { $0 == "\n" }) : ""
    let words = parts[0].split(separator: " ", maxSplits: 2)
    let uri = (words.count > 1 ? String(words[1]) : "/").replacing("http://shop.example", with: "")
    let path = String(uri.prefix { $0 != "?" })
    let signer = Signer(key: theirs, clientId: "CLIENT1")
    let exchange = Exchange(path: path, clientId: "CLIENT1", time: Self.time)
    let signed = try Bytes.withBytes(of: body) { bytes throws(Problem) in
      try signer.sign(exchange, body: bytes)
    }
    // As long for every key, so that a mutation hits the same place.
    let base64 = Base64.text(of: try SignatureHeader(reading: signed).signature)
    if parts[0].contains("{signature}") { desk.expect(Array(body.utf8), path: path) }
    let head = parts[0].replacing("{signature}", with: base64)
      .replacing("{length}", with: "\(body.utf8.count)").replacing("{time}", with: Self.time)
      .replacing("\n", with: "\r\n")
    let isChunked = parts[0].contains("chunked")
    let size = String(body.utf8.count, radix: 16)
    return head + "\r\n\r\n" + (isChunked ? "\(size)\r\n\(body)\r\n0\r\n\r\n" : body)
  }

  func check(_ input: [UInt8], variant: Int) throws {
    desk.forget()
    for _ in 0...variant { try send(input) }
  }

  private func send(_ input: [UInt8]) throws {
    let before = desk.done
    let answer = try LoopbackClient.exchange(input, port: gateway.port)
    let asksForHead = input.firstRange(of: Array("HEAD".utf8)) != nil
    let answers = try HTTPAnswers(answer, mayLackBodies: asksForHead)
    if let stranger = desk.stranger { throw Finding("it was not signed: \(stranger)") }
    try expect(
      answers.successes <= desk.done - before,
      "\(answers.successes) answers S, and \(desk.done - before) were taken")
  }
}

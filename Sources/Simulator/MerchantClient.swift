import AsyncHTTPClient
import Contract
import NIOCore
import NIOHTTP1
import Records
import Signing

/// Carries D-Store's calls to a merchant's endpoint: signed, and only a signed answer counts.
actor MerchantClient {
  private let configuration: CallingConfiguration
  private let contract: Contract
  private let signer: Signer
  private let verifier: Verifier
  private var http: HTTPClient?

  /// The longest answer that is read, in bytes.
  private static let longestAnswer = 1 << 20

  init(_ configuration: CallingConfiguration, keys: SimulatorKeys, contract: Contract) {
    self.configuration = configuration
    self.contract = contract
    signer = Signer(key: keys.dstore, clientId: configuration.clientId)
    verifier = Verifier(key: keys.merchant.publicKey)
  }

  deinit { http?.shutdown { _ in } }

  /// What came of sending a body.
  struct Reply: Sendable {
    /// Nothing where no answer proves anything.
    var answer: MerchantAnswer?
    /// What came, or why nothing did.
    var words: String
    var tries: Int

    var outcome: OrderCallEvent.Outcome { answer?.outcome ?? .unknown }
  }

  /// Sends a body until a signed answer says S or F, or the pauses are used up. The bytes are the
  /// same each time; the time in the header, and so the signature, is not.
  func send(
    _ body: [UInt8], as message: Contract.Message
  ) async throws(Problem) -> Reply {
    var reply = try await sendOnce(body, as: message)
    for pause in configuration.pauses where reply.outcome == .unknown {
      do { try await Task.sleep(for: pause) } catch { return reply }
      let tries = reply.tries
      reply = try await sendOnce(body, as: message)
      reply.tries += tries
    }
    return reply
  }

  /// Ends the connections.
  func close() async {
    let ended = http
    http = nil
    try? await ended?.shutdown()
  }

  private func sendOnce(
    _ body: [UInt8], as message: Contract.Message
  ) async throws(Problem) -> Reply {
    let endpoint = configuration.endpoint
    let exchange = signer.exchange(
      path: endpoint.pathPrefix + message.path, time: configuration.wireTime())
    let signature = try Bytes.withBytes(of: body) { (view) throws(Problem) in
      try signer.sign(exchange, body: view)
    }
    let client = try client()
    do {
      let answer = try await Self.exchange(
        Self.request(body, exchange, signature, url: endpoint.text + message.path), by: client,
        within: configuration.patience)
      return judge(answer, exchange, message)
    } catch {
      return Reply(words: CallFault(endpoint: endpoint).words(for: error), tries: 1)
    }
  }

  private func judge(
    _ answer: RawAnswer, _ exchange: Exchange, _ message: Contract.Message
  ) -> Reply {
    guard answer.httpStatus == 200 else {
      return Reply(words: "HTTP \(answer.httpStatus)", tries: 1)
    }
    let signed = Exchange(
      path: exchange.path, clientId: exchange.clientId, time: answer.responseTime ?? "",
      method: exchange.method)
    do throws(SignatureRefusal) {
      let body = try verifier.verify(signed, body: answer.body, signature: answer.signature)
      let read = MerchantAnswer(body, message, contract)
      return Reply(answer: read, words: read.words, tries: 1)
    } catch {
      return Reply(words: "the answer proves nothing: \(error.message)", tries: 1)
    }
  }

  private static func request(
    _ body: [UInt8], _ exchange: Exchange, _ signature: String, url: String
  ) -> HTTPClientRequest {
    var request = HTTPClientRequest(url: url)
    request.method = .POST
    request.headers = [
      "Client-Id": exchange.clientId, "Request-Time": exchange.time, "Signature": signature,
      "Content-Type": "application/json; charset=UTF-8",
    ]
    request.body = .bytes(ByteBuffer(bytes: body))
    return request
  }

  /// What came back, before anything of it is believed.
  private struct RawAnswer {
    var httpStatus: Int
    var responseTime: String?
    var signature: String?
    var body: [UInt8]
  }

  private static func exchange(
    _ request: HTTPClientRequest, by client: HTTPClient, within patience: Duration
  ) async throws -> RawAnswer {
    let response = try await client.execute(request, timeout: patience.timeAmount)
    let body = try await response.body.collect(upTo: longestAnswer)
    return RawAnswer(
      httpStatus: Int(response.status.code),
      responseTime: response.headers.first(name: "Response-Time"),
      signature: response.headers.first(name: "Signature"), body: [UInt8](body.readableBytesView))
  }

  private func client() throws(Problem) -> HTTPClient {
    if let http { return http }
    let made = HTTPClient(
      eventLoopGroupProvider: .singleton, configuration: try .forMerchant(configuration))
    http = made
    return made
  }
}

import AsyncHTTPClient
package import Contract
import Glibc
import NIOCore
import NIOHTTP1
package import Records
package import Signing

/// Hands requests to D-Store: signs them, sends them over one HTTPS endpoint, and believes only
/// the answers that D-Store has signed.
///
/// Nothing is started before the first request, so that a client that is never used costs
/// nothing. One that was used ends with ``close()``.
package actor DStoreClient {
  /// What a client needs to know.
  package struct Configuration: Sendable {
    package var endpoint: Endpoint
    /// Our key, and the client id that it belongs to.
    package var signer: Signer
    package var verifier: Verifier
    /// A PEM file with certificate authorities besides the system's.
    package var trust: String?
    package var patience = Patience()
    /// The text of Request-Time: ISO 8601 with a numeric offset, to the second.
    package var now: @Sendable () -> String = {
      WireTime.text(epochMilliseconds: Int64(time(nil)) * 1000, offsetMinutes: 0)
    }

    package init(
      endpoint: Endpoint, signer: Signer, verifier: Verifier, trust: String? = nil
    ) {
      self.endpoint = endpoint
      self.signer = signer
      self.verifier = verifier
      self.trust = trust
    }
  }

  private let configuration: Configuration
  private let contract: Contract
  private var http: HTTPClient?

  package init(_ configuration: Configuration, contract: Contract) {
    self.configuration = configuration
    self.contract = contract
  }

  deinit { http?.shutdown { _ in } }

  /// Sends `body` as the contract's `message`, once.
  ///
  /// - Parameter moves: hears that a part of a long body went to the network.
  /// - Returns: what came of it; all that the network can do is `.unknown` with a reason, or `.unsent`
  ///   where nothing of the body has left.
  /// - Throws: where nothing was sent: the body is not what was recorded, the trust file or the
  ///   key is unusable, the contract has no such message.
  package func send(
    _ body: RequestBody, as message: String, moves: @escaping @Sendable () -> Void = {}
  ) async throws(Problem) -> Delivery {
    guard let call = contract.messages[message] else {
      throw Problem(
        "unknown-message", value: message, "the contract has no message of this name",
        remedy: "Correct the contract file in Mappings/.")
    }
    let exchange = configuration.signer.exchange(
      path: configuration.endpoint.path(of: call.path), time: configuration.now())
    let signed = try SignedRequest(
      body, for: exchange, url: configuration.endpoint.url(of: call.path),
      signer: configuration.signer, moves: moves)
    let reader = AnswerReader(
      verifier: configuration.verifier, message: call, rateLimitCodes: contract.rateLimitCodes)
    return try await deliver(signed, exchange, reader)
  }

  /// Ends the connections; the client may be used again afterwards.
  package func close() async {
    let ended = http
    http = nil
    try? await ended?.shutdown()
  }

  private func deliver(
    _ signed: SignedRequest, _ exchange: Exchange, _ reader: AnswerReader
  ) async throws(Problem) -> Delivery {
    let client = try client()
    let seconds = configuration.patience.seconds(forSize: signed.size)
    let fault = TransportFault(
      endpoint: configuration.endpoint, connectSeconds: configuration.patience.connect,
      wholeSeconds: seconds)
    do {
      guard let answer = try await Self.answer(to: signed, by: client, within: seconds) else {
        return Delivery(signed.lost, reason: fault.timeOut)
      }
      return reader.delivery(from: answer, to: exchange)
    } catch let problem as Problem {
      throw problem
    } catch {
      return Delivery(signed.lost, reason: await fault.reason(for: error))
    }
  }

  /// - Returns: nothing where the time ran out.
  private static func answer(
    to signed: SignedRequest, by client: HTTPClient, within seconds: Int
  ) async throws -> Answer? {
    try await withThrowingTaskGroup(of: Answer?.self) { group in
      group.addTask { try await exchange(signed, by: client) }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        return nil
      }
      defer { group.cancelAll() }
      return try await group.next() ?? nil
    }
  }

  private static func exchange(
    _ signed: SignedRequest, by client: HTTPClient
  ) async throws -> Answer {
    let response = try await client.execute(signed.request, deadline: .distantFuture)
    let body = try await response.body.collect(upTo: Answer.longestBody)
    try Task.checkCancellation()
    let headers = response.headers
    return Answer(
      httpStatus: Int(response.status.code), clientId: headers.first(name: "Client-Id"),
      responseTime: headers.first(name: "Response-Time"),
      signature: headers.first(name: "Signature"),
      retryAfter: headers.first(name: "Retry-After"), body: [UInt8](body.readableBytesView))
  }

  private func client() throws(Problem) -> HTTPClient {
    if let http { return http }
    let made = HTTPClient(
      eventLoopGroupProvider: .singleton,
      configuration: try .forDStore(trust: configuration.trust, patience: configuration.patience))
    http = made
    return made
  }
}

import Contract
import Records
import Signing
import Testing

@testable import DStoreAPI
@testable import Simulator

struct TransportFaultTests {
  private func reason(
    _ endpoint: String, patience: Patience = Patience(), _ outcome: Delivery.Outcome = .unknown
  ) async throws -> String {
    let key = try KeyPair.generate().privateKey
    var configuration = DStoreClient.Configuration(
      endpoint: try Endpoint(endpoint), signer: Signer(key: key, clientId: "CLIENT1"),
      verifier: Verifier(key: key.publicKey))
    configuration.patience = patience
    let client = DStoreClient(configuration, contract: try Contract.load(overrides: []))
    let delivery = try await client.send(.bytes(Array("{}".utf8)), as: "syncProduct")
    await client.close()
    #expect(delivery.outcome == outcome)
    return delivery.reason
  }

  private func answer(_ text: String) -> RawPeer { RawPeer(answer: Array(text.utf8)) }

  @Test("nobody listens")
  func refused() async throws {
    let peer = answer("")
    peer.close()
    let words = try await reason("http://127.0.0.1:\(peer.port)", .unsent)
    #expect(words == "nobody listens at 127.0.0.1:\(peer.port): connection refused")
    let named = try await reason("https://localhost:\(peer.port)", .unsent)
    #expect(named == "nobody listens at localhost:\(peer.port): connection refused")
  }

  @Test("the host has no address")
  func unresolved() async throws {
    let words = try await reason("https://no-such-host.invalid", .unsent)
    #expect(words == #"the host name "no-such-host.invalid" cannot be resolved (DNS)"#)
  }

  @Test("the peer ends the connection without a word, or in its answer")
  func cut() async throws {
    for text in ["", "HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"result\""] {
      let peer = answer(text)
      let words = try await reason("http://127.0.0.1:\(peer.port)")
      #expect(words == "127.0.0.1:\(peer.port) cut the connection before its answer was whole")
    }
  }

  @Test("the peer speaks something else")
  func notHTTP() async throws {
    let peer = answer("220 mail.example ESMTP\r\n")
    let words = try await reason("http://127.0.0.1:\(peer.port)")
    #expect(words == "what answers at 127.0.0.1:\(peer.port) does not speak HTTP")
  }

  @Test("the peer speaks plain HTTP where TLS is wanted")
  func notTLS() async throws {
    let peer = answer("HTTP/1.1 400 Bad Request\r\n\r\n")
    let words = try await reason("https://127.0.0.1:\(peer.port)", .unsent)
    #expect(
      words
        == "127.0.0.1:\(peer.port) does not speak TLS; check scheme and port in endpoint:")
  }

  @Test("the peer takes the connection and stays silent")
  func silent() async throws {
    let peer = RawPeer(answer: nil)
    var patience = Patience()
    (patience.connect, patience.whole) = (1, 2)
    let secure = try await reason(
      "https://127.0.0.1:\(peer.port)", patience: patience, .unsent)
    #expect(secure == "no TLS connection to 127.0.0.1:\(peer.port) within 1 second")
    let plain = try await reason("http://127.0.0.1:\(peer.port)", patience: patience)
    #expect(plain == "no answer came from 127.0.0.1:\(peer.port) within 2 seconds")
  }

  @Test("an answer that is far too long is not read to its end")
  func tooLong() async throws {
    let body = String(repeating: "x", count: Answer.longestBody + 1)
    let peer = answer("HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)")
    let words = try await reason("http://127.0.0.1:\(peer.port)")
    #expect(words == "the answer is longer than 1024 KiB, which none of D-Store's is")
  }

  @Test("a redirect is not followed")
  func redirect() async throws {
    let peer = answer(
      "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:9/\r\nContent-Length: 0\r\n\r\n")
    #expect(try await reason("http://127.0.0.1:\(peer.port)") == "D-Store answered HTTP 302")
  }

  @Test("who cancels the task is told so")
  func cancelled() async throws {
    let scene = try await Scene()
    scene.faults.add([.silence])
    let body = try scene.body("r-1")
    let task = Task { try await scene.client.send(body, as: "syncProduct") }
    while scene.events.isEmpty { try await Task.sleep(for: .milliseconds(5)) }
    task.cancel()
    #expect(
      try await task.value
        == Delivery(.unknown, reason: "stopped before the answer came"))
    await scene.end()
  }
}

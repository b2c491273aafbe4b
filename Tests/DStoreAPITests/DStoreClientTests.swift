import Contract
import Glibc
import Records
import Signing
import TestSupport
import Testing

@testable import DStoreAPI
@testable import Simulator

struct DStoreClientTests {
  private let accepted = Delivery(
    .accepted, reason: "S SUCCESS (success)", httpStatus: 200, resultStatus: "S",
    resultCode: "SUCCESS", resultMessage: "success")

  @Test("a body from disk is signed, sent, carried out, and its answer is proven")
  func accept() async throws {
    let scene = try await Scene()
    let body = try scene.body("r-1", products: 3)
    #expect(try await scene.client.send(body, as: "syncProduct") == accepted)
    #expect(scene.events.map(\.effect) == [.menuReplaced(store: "east", products: 3)])
    await scene.end()
  }

  @Test("a body of many blocks arrives whole")
  func large() async throws {
    let scene = try await Scene()
    let body = try scene.body("r-1", products: 20_000)
    #expect(try await scene.client.send(body, as: "syncProduct") == accepted)
    #expect(scene.events.map(\.size) == [body.size])
    #expect(scene.events.map(\.effect) == [.menuReplaced(store: "east", products: 20_000)])
    await scene.end()
  }

  @Test("a body in memory is sent as well")
  func memory() async throws {
    let scene = try await Scene()
    let text =
      #"{"requestId":"n-1","posAccountId":"kopi","store":{"posStoreId":"east","status":"OPEN"}}"#
    let delivery = try await scene.client.send(.bytes(Array(text.utf8)), as: "syncStore")
    #expect(delivery == accepted)
    #expect(scene.events.map(\.effect) == [.noted])
    await scene.end()
  }

  @Test("the path below a prefix is the one that is signed")
  func prefix() async throws {
    let scene = try await Scene { configuration in
      let address = configuration.endpoint.url(of: "/proxy")
      configuration.endpoint = try Endpoint(address)
    }
    let delivery = try await scene.client.send(scene.body("r-1"), as: "syncProduct")
    #expect(delivery.resultMessage == "there is no call POST /proxy/v2/pos/syncProduct")
    #expect(delivery.outcome == .refused)
    await scene.end()
  }

  @Test("F is a refusal with its code and its words")
  func refuse() async throws {
    let scene = try await Scene()
    let text = #"{"requestId":"r-1","posAccountId":"kopi","store":{"posStoreId":"east"}}"#
    let delivery = try await scene.client.send(.bytes(Array(text.utf8)), as: "syncProduct")
    #expect(delivery.outcome == .refused)
    #expect(delivery.resultCode == "PARAM_ILLEGAL")
    #expect(
      delivery.reason
        == #"F PARAM_ILLEGAL ("products": syncProduct needs this field, and it is missing.)"#)
    await scene.end()
  }

  private static let unanswered = "cut the connection before its answer was whole"

  @Test(
    "what goes wrong on the way leaves the outcome unknown, in words",
    arguments: [
      (Fault.unknown, "U UNKNOWN_EXCEPTION (a fault on request)", false),
      (.httpStatus(500), "D-Store answered HTTP 500", false),
      (.httpStatus(302), "D-Store answered HTTP 302", false),
      (
        .unsigned,
        "the answer carries no signature, so it proves nothing; it says S SUCCESS (success)", true
      ),
      (
        .wrongSignature,
        "the answer's signature does not match the key given as keys.dstorePublic: the signature "
          + "(key version 1) does not match the message under the known public key; it says "
          + "S SUCCESS (success)", true
      ),
      (.cut, unanswered, false), (.cutInAnswer, unanswered, true), (.answerLost, unanswered, true),
    ])
  func unknown(_ fault: Fault, _ words: String, _ isDone: Bool) async throws {
    let scene = try await Scene()
    scene.faults.add([fault])
    let body = try scene.body("r-1")
    let first = try await scene.client.send(body, as: "syncProduct")
    #expect(first.outcome == .unknown)
    #expect(first.reason.replacing("127.0.0.1:\(scene.simulator.port) ", with: "") == words)
    #expect(!first.isRateLimited)

    #expect(try await scene.client.send(body, as: "syncProduct") == accepted)
    let effects: [SimulatorEvent.Effect] =
      isDone
      ? [.menuReplaced(store: "east", products: 1), .repeated]
      : [.nothing, .menuReplaced(store: "east", products: 1)]
    #expect(scene.events.map(\.effect) == effects)
    #expect(scene.events.map(\.requestId) == ["r-1", "r-1"])
    await scene.end()
  }

  @Test(
    "a rate limit is told apart, with the wait that it asks for",
    arguments: [
      (Fault.rateLimited(retryAfter: nil), Int?.none), (.rateLimited(retryAfter: 30), 30),
      (.rateLimited(retryAfter: 9999), 300),
    ])
  func rateLimit(_ fault: Fault, _ wait: Int?) async throws {
    let scene = try await Scene()
    scene.faults.add([fault])
    let delivery = try await scene.client.send(scene.body("r-1"), as: "syncProduct")
    #expect(
      delivery
        == Delivery(
          .unknown, reason: "D-Store asks for fewer requests (HTTP 429)", httpStatus: 429,
          isRateLimited: true, retryAfter: wait))
    await scene.end()
  }

  @Test("a result code of rate limiting counts as one whatever its status")
  func rateLimitCode() async throws {
    let scene = try await Scene()
    scene.faults.add([.refused(code: "REQUEST_TRAFFIC_EXCEED_LIMIT")])
    let delivery = try await scene.client.send(scene.body("r-1"), as: "syncProduct")
    #expect(
      delivery
        == Delivery(
          .unknown,
          reason:
            "D-Store asks for fewer requests (F REQUEST_TRAFFIC_EXCEED_LIMIT (\(delivery.resultMessage ?? "")))",
          httpStatus: 200, resultStatus: "F", resultCode: "REQUEST_TRAFFIC_EXCEED_LIMIT",
          resultMessage: delivery.resultMessage, isRateLimited: true))
    await scene.end()
  }

  @Test("an answer that does not come in time is unknown")
  func silence() async throws {
    var patience = Patience()
    patience.whole = 1
    let scene = try await Scene(patience: patience)
    scene.faults.add([.silence])
    let delivery = try await scene.client.send(scene.body("r-1"), as: "syncProduct")
    let address = "127.0.0.1:\(scene.simulator.port)"
    #expect(
      delivery
        == Delivery(.unknown, reason: "no answer came from \(address) within 1 second"))
    await scene.end()
  }

  @Test("a slow answer is waited for")
  func slow() async throws {
    let scene = try await Scene()
    scene.faults.add([.slow(seconds: 0.3)])
    #expect(try await scene.client.send(scene.body("r-1"), as: "syncProduct") == accepted)
    await scene.end()
  }

  @Test("a wrong key of ours is refused, and the refusal is proven")
  func wrongKey() async throws {
    let pair = try KeyPair.generate()
    let scene = try await Scene {
      $0.signer = Signer(key: pair.privateKey, clientId: "CLIENT1")
    }
    let delivery = try await scene.client.send(scene.body("r-1"), as: "syncProduct")
    #expect(delivery.outcome == .refused)
    #expect(delivery.resultCode == "INVALID_SIGNATURE")
    await scene.end()
  }

  @Test("under a wrong public key of D-Store's nothing is believed")
  func wrongPublicKey() async throws {
    let pair = try KeyPair.generate()
    let scene = try await Scene { $0.verifier = Verifier(key: pair.publicKey) }
    let delivery = try await scene.client.send(scene.body("r-1"), as: "syncProduct")
    #expect(delivery.outcome == .unknown)
    #expect(
      delivery.reason.hasPrefix(
        "the answer's signature does not match the key given as keys.dstorePublic: "))
    await scene.end()
  }

  @Test("a damaged file is not sent")
  func damaged() async throws {
    let scene = try await Scene()
    let body = try scene.body("r-1")
    truncate(scene.folder.file("r-1.json"), 10)
    await #expect(throws: Problem.self) { try await scene.client.send(body, as: "syncProduct") }
    #expect(scene.events == [])
    await scene.end()
  }

  @Test("a message that the contract has not is a problem")
  func noMessage() async throws {
    let scene = try await Scene()
    let problem = Problem(
      "unknown-message", value: "syncProducts", "the contract has no message of this name",
      remedy: "Correct the contract file in Mappings/.")
    await #expect(throws: problem) {
      try await scene.client.send(.bytes([]), as: "syncProducts")
    }
    await scene.end()
  }

  @Test("a request carries the gateway's headers, and its length")
  func headers() async throws {
    let peer = RawPeer(answer: Array("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n".utf8))
    let scene = try await Scene {
      $0.endpoint = try Endpoint("http://127.0.0.1:\(peer.port)/gate")
      $0.now = { "2026-01-31T12:08:56+08:00" }
    }
    let body = try scene.body("r-1")
    _ = try await scene.client.send(body, as: "syncProduct")
    let lines = peer.request.split(separator: "\r\n").map(String.init)
    #expect(lines.first == "POST /gate/v2/pos/syncProduct HTTP/1.1")
    let signature = try #require(lines.first { $0.lowercased().hasPrefix("signature:") })
    #expect(
      signature.wholeMatch(
        of: /Signature: algorithm=RSA256, ?keyVersion=1, ?signature=[A-Za-z0-9%]+%3D%3D/) != nil)
    #expect(
      lines.filter { $0.contains(": ") && $0 != signature }.sorted() == [
        "Accept: application/json", "Client-Id: CLIENT1", "Content-Length: \(body.size)",
        "Content-Type: application/json; charset=UTF-8", "Request-Time: 2026-01-31T12:08:56+08:00",
        "host: 127.0.0.1:\(peer.port)",
      ])
    await scene.end()
  }

  @Test("a client that is dropped ends its connections by itself")
  func dropped() async throws {
    let scene = try await Scene()
    #expect(try await scene.client.send(scene.body("r-1"), as: "syncProduct") == accepted)
    await scene.simulator.stop()
  }

  @Test("a client that was closed may be used again")
  func reopened() async throws {
    let scene = try await Scene()
    #expect(try await scene.client.send(scene.body("r-1"), as: "syncProduct") == accepted)
    await scene.client.close()
    #expect(try await scene.client.send(scene.body("r-2"), as: "syncProduct") == accepted)
    await scene.end()
  }
}

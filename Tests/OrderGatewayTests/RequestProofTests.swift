import Records
import Signing
import Testing

@testable import OrderGateway

@Suite struct RequestProofTests {
  /// What becomes of a request: the answer's body, and whether the desk heard of it.
  private func outcome(
    _ change: (inout SignedRequest) -> Void,
    _ configure: (inout OrderGatewayConfiguration) -> Void = { _ in }
  ) async throws -> (answer: HTTPAnswer?, desk: MemoryDesk) {
    let scene = try await Scene(overrides: nil, configure)
    var request = SignedRequest(OrderText().json)
    change(&request)
    let answer = try await scene.answer(to: request.text())
    await scene.gateway.stop()
    #expect(answer?.status == 200)
    #expect(try answer?.isSigned() == true)
    return (answer, scene.desk)
  }

  @Test("what is not D-Store's is refused with a signed answer, and nothing is stored")
  func refused() async throws {
    let changes: [(String, String, (inout SignedRequest) -> Void)] = [
      (
        "INVALID_SIGNATURE",
        "the signature (key version 1) does not match the message under the known public key",
        { $0.signedBody = $0.body + " " }
      ),
      (
        "INVALID_SIGNATURE",
        "the signature (key version 1) does not match the message under the known public key",
        { $0.signedPath = "/v2/pos/pushOrderChange" }
      ),
      ("INVALID_SIGNATURE", "the message carries no signature", { $0.spelling = { _ in nil } }),
      ("INVALID_SIGNATURE", "the message carries no signature", { $0.spelling = { _ in "" } }),
      (
        "INVALID_SIGNATURE", "the signature's algorithm is not RSA256",
        { $0.spelling = { $0.replacing("RSA256", with: "none") } }
      ),
      (
        "INVALID_SIGNATURE", "the header Request-Time is missing, or stands twice",
        { $0.time = nil }
      ),
      (
        "INVALID_SIGNATURE", "the header Request-Time is missing, or stands twice",
        { $0.headers.append("Request-Time: \(Scene.time)") }
      ),
      (
        "INVALID_SIGNATURE",
        "the message cannot have been signed: the time is not written as times are",
        { $0.time = "{}" }
      ),
      (
        "KEY_NOT_FOUND", "no public key is known for this Client-Id, or there is none",
        { $0.clientId = "CLIENT2" }
      ),
      (
        "KEY_NOT_FOUND", "no public key is known for this Client-Id, or there is none",
        { $0.clientId = nil }
      ),
      (
        "KEY_NOT_FOUND", "no public key is known for this Client-Id, or there is none",
        { $0.headers.append("Client-Id: CLIENT1") }
      ),
    ]
    for (code, message, change) in changes {
      let (answer, desk) = try await outcome(change)
      #expect(answer?.body == Scene.result("F", code, message) + "}")
      #expect(desk.orders.isEmpty)
      // Only what bears D-Store's client id can be D-Store's, signed with a key that is not known here.
      #expect(desk.unverified == (code == "INVALID_SIGNATURE" ? 1 : 0))
    }
  }

  @Test("an answer bears our client id, whatever the caller's says")
  func clientIds() async throws {
    for theirs in ["CLIENT2", "a b", "ü", String(repeating: "x", count: 129)] {
      let (answer, _) = try await outcome { $0.clientId = theirs }
      #expect(answer?.headers["client-id"] == "CLIENT1")
    }
  }

  @Test("the signature's header is read in every form that is allowed")
  func spellings() async throws {
    let spellings: [(String) -> String] = [
      { $0.replacing(", ", with: ",") }, { $0.replacing(", ", with: " ,  ") },
      { $0.split(separator: ", ").reversed().joined(separator: ", ") },
      { $0.replacing("%2B", with: "+").replacing("%2F", with: "/").replacing("%3D", with: "=") },
      { $0.replacing("%2B", with: "%2b").replacing("%2F", with: "%2f") },
      { $0.replacing("algorithm", with: "Algorithm").replacing("RSA256", with: "rsa256") },
      { $0.replacing("keyVersion=1, ", with: "") },
      { "\t\($0) " },
    ]
    for spelling in spellings {
      let (_, desk) = try await outcome { $0.spelling = spelling }
      #expect(desk.orders.count == 1)
    }
  }

  @Test("names of headers are read in any case")
  func cases() async throws {
    let scene = try await Scene()
    let text = try SignedRequest(OrderText().json).text()
      .replacing("Client-Id", with: "client-id").replacing("Signature:", with: "SIGNATURE:")
      .replacing("Request-Time", with: "reQUEST-tIME")
    let answer = try await scene.answer(to: text)
    #expect(answer?.body.hasPrefix(Scene.result("S", "SUCCESS", "success")) == true)
    await scene.gateway.stop()
  }

  @Test(
    "a time that is off is flagged",
    arguments: [
      ("2026-01-31T12:08:56+08:00", nil), ("2026-01-31T04:13:56Z", nil), ("1769832236000", nil),
      ("20260131", "the request's time cannot be read"),
      ("2026-01-31T12:13:57+08:00", "the request's time is 301 s ahead of this machine's clock"),
      ("2026-01-31T04:03:55+0000", "the request's time is 301 s behind this machine's clock"),
      ("2026-01-30T04:08:56.000Z", "the request's time is 86400 s behind this machine's clock"),
    ])
  func odd(time: String, flag: String?) async throws {
    let (_, desk) = try await outcome { $0.time = time }
    #expect(desk.orders.first?.flags.map(\.words) == (flag.map { [$0] } ?? []))
  }

  @Test("a time that is more than a day off is U, and nothing is stored but the order's id")
  func stale() async throws {
    for (time, side) in [
      ("2026-01-30T12:08:55+08:00", "behind"), ("2026-02-01T12:08:57+08:00", "ahead of"),
    ] {
      let (answer, desk) = try await outcome { $0.time = time }
      let call = desk.refused.first
      #expect(call?.cause == .clock)
      #expect(call?.requestOrderId == "R-1")
      #expect(call?.reason == "its time is more than 86400 s \(side) this machine's clock")
      #expect(
        answer?.body
          == Scene.result(
            "U", "UNKNOWN_EXCEPTION", "the request's time is more than 86400 s from now") + "}")
      #expect(desk.orders.isEmpty)
    }
  }

  @Test("with a path prefix the signed path has it, whether or not the proxy takes it off")
  func prefix() async throws {
    let scene = try await Scene { $0.pathPrefix = "/shop7/dstore" }
    for path in ["/shop7/dstore/v2/pos/createOrder", "/v2/pos/createOrder"] {
      var request = SignedRequest(OrderText().json, path: path)
      request.signedPath = "/shop7/dstore/v2/pos/createOrder"
      let answer = try await scene.answer(to: request.text())
      #expect(answer?.body.contains(#""S""#) == true)
      #expect(try answer?.isSigned(path: "/shop7/dstore/v2/pos/createOrder") == true)
      request.signedPath = "/v2/pos/createOrder"
      #expect(try await scene.answer(to: request.text())?.body.contains("INVALID_SIGN") == true)
    }
    #expect(try await scene.answer(to: "GET /shop7/dstore/health HTTP/1.1\r\n\r\n")?.status == 200)
    await scene.gateway.stop()
  }

  @Test("a query, and a line with scheme and host, don't change which call it is")
  func lines() async throws {
    for path in ["/v2/pos/createOrder?x=1", "http://shop.example:8443/v2/pos/createOrder"] {
      let (_, desk) = try await outcome {
        $0.path = path
        $0.signedPath = "/v2/pos/createOrder"
      }
      #expect(desk.orders.count == 1)
    }
  }
}

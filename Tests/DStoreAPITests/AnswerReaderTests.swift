import Contract
import JSON
import Records
import Signing
import Testing

@testable import DStoreAPI
@testable import Simulator

struct AnswerReaderTests {
  private let contract: Contract
  private let message: Contract.Message
  private let signer: Signer
  private let exchange: Exchange
  private let reader: AnswerReader

  init() throws {
    contract = try Contract.load(overrides: [])
    message = try #require(contract.messages["syncProduct"])
    signer = Signer(key: try KeyPair.generate().privateKey, clientId: "CLIENT1")
    exchange = signer.exchange(path: message.path, time: "2026-01-31T12:08:56+08:00")
    reader = AnswerReader(
      verifier: Verifier(key: signer.key.publicKey), message: message,
      rateLimitCodes: contract.rateLimitCodes)
  }

  private func answer(_ body: String) throws -> Answer { try answer(Array(body.utf8)) }

  private func answer(_ body: [UInt8]) throws -> Answer {
    let time = "2026-01-31T12:08:57Z"
    let signature = try Bytes.withBytes(of: body) { (view) throws(Problem) in
      try signer.sign(signer.exchange(path: message.path, time: time), body: view)
    }
    return Answer(
      httpStatus: 200, clientId: "CLIENT1", responseTime: time, signature: signature,
      body: body)
  }

  @Test(
    "the status decides, never the code",
    arguments: [
      ("S", Delivery.Outcome.accepted), ("F", .refused), ("U", .unknown), ("s", .unknown),
      ("", .unknown),
    ])
  func status(_ status: String, _ outcome: Delivery.Outcome) throws {
    let body = #"{"result":{"resultStatus":"\#(status)","resultCode":"SUCCESS"}}"#
    let delivery = reader.delivery(from: try answer(body), to: exchange)
    #expect(delivery.outcome == outcome)
    #expect(delivery.resultStatus == status)
    #expect(delivery.resultCode == "SUCCESS")
  }

  @Test(
    "a signed S is S, however sloppily the rest of the answer is written",
    arguments: [
      "\\ud83d", "x\",\"resultMessage\":\"y", "x\"},\"result\":{\"resultStatus\":\"S",
    ])
  func lenient(_ message: String) throws {
    let body =
      #"{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"\#(message)"}}"#
    #expect(reader.delivery(from: try answer(body), to: exchange).outcome == .accepted)
  }

  @Test("a signed S whose message ends in the middle of a character is S")
  func brokenCharacter() throws {
    let head = #"{"result":{"resultStatus":"S","resultCode":"SUCCESS","resultMessage":"caf"#
    let body = Array(head.utf8) + [0xC3] + Array(#""}}"#.utf8)
    let delivery = reader.delivery(from: try answer(body), to: exchange)
    #expect(delivery.outcome == .accepted)
    #expect(delivery.resultMessage == "caf\u{FFFD}")
  }

  @Test("a signed S with a deep extendInfo is S")
  func deep() throws {
    let lists = String(repeating: "[", count: 500) + String(repeating: "]", count: 500)
    let body = #"{"extendInfo":\#(lists),"result":{"resultStatus":"S"}}"#
    #expect(reader.delivery(from: try answer(body), to: exchange).outcome == .accepted)
  }

  @Test(
    "a signed answer that says both S and F decides nothing",
    arguments: [
      #"{"result":{"resultStatus":"S","resultStatus":"F"}}"#,
      #"{"result":{"resultStatus":"S"},"result":{"resultStatus":"F","resultCode":"X"}}"#,
      #"{"result":{"resultStatus":"S","resultStatus":1}}"#,
    ])
  func contradictory(_ body: String) throws {
    let delivery = reader.delivery(from: try answer(body), to: exchange)
    #expect(delivery.outcome == .unknown)
    #expect(delivery.reason == "the answer holds two results that contradict each other")
  }

  @Test("a rate limit in words counts only where the answer is signed")
  func rateLimit() throws {
    let body = #"{"result":{"resultStatus":"F","resultCode":"REQUEST_TRAFFIC_EXCEED_LIMIT"}}"#
    var answer = try answer(body)
    let signed = reader.delivery(from: answer, to: exchange)
    #expect(signed.isRateLimited)
    #expect(signed.outcome == .unknown)
    answer.signature = nil
    let unsigned = reader.delivery(from: answer, to: exchange)
    #expect(!unsigned.isRateLimited)
    #expect(unsigned.claimedCode == "REQUEST_TRAFFIC_EXCEED_LIMIT")
    #expect(unsigned.outcome == .unknown)
  }

  @Test(
    "a signed answer without a result is unknown",
    arguments: ["", "[]", "{", #"{"result":"S"}"#, #"{"result":{"resultStatus":1}}"#])
  func noResult(_ body: String) throws {
    let delivery = reader.delivery(from: try answer(body), to: exchange)
    #expect(
      delivery == Delivery(.unknown, reason: "the answer holds no result", httpStatus: 200))
  }

  @Test("an answer for another call, another client or of another body proves nothing")
  func unproven() throws {
    let body = #"{"result":{"resultStatus":"S"}}"#
    let good = try answer(body)
    func reason(_ change: (inout Answer) -> Void, path: String? = nil) -> String {
      var answer = good
      change(&answer)
      let exchange = signer.exchange(path: path ?? message.path, time: exchange.time)
      let delivery = reader.delivery(from: answer, to: exchange)
      #expect(delivery.outcome == .unknown)
      #expect(delivery.resultStatus == nil)
      return delivery.reason
    }
    let noMatch =
      "the answer's signature does not match the key given as keys.dstorePublic: the signature "
      + "(key version 1) does not match the message under the known public key"
    #expect(reason({ _ in }, path: "/v2/pos/syncStore") == noMatch)
    #expect(reason({ $0.body.append(0x20) }) == noMatch)
    #expect(reason({ $0.responseTime = "2026-01-31T12:08:58Z" }) == noMatch)
    #expect(
      reason({ $0.clientId = "CLIENT2" })
        == #"the answer is for another client id ("CLIENT2"), so it proves nothing"#)
    #expect(
      reason({ $0.responseTime = nil })
        == "the answer carries no Response-Time, so its signature cannot be checked")
    #expect(
      reason({ $0.signature = nil }) == "the answer carries no signature, so it proves nothing")
  }

  @Test("of a message and a code that are far too long the beginning is kept")
  func long() throws {
    let text = String(repeating: "é", count: 500_000)
    let delivery = reader.delivery(
      from: try answer(
        #"{"result":{"resultStatus":"F","resultCode":"\#(text)","resultMessage":"\#(text)"}}"#),
      to: exchange)
    #expect(delivery.outcome == .refused)
    #expect(delivery.resultCode == text.prefix(255) + "…")
    #expect(delivery.resultMessage == text.prefix(500) + "…")
    #expect(delivery.reason == "F \(text.prefix(80))… (\(text.prefix(80))…)")
  }

  @Test("an answer without a Client-Id is checked under ours")
  func noClientId() throws {
    var answer = try answer(#"{"result":{"resultStatus":"S"}}"#)
    answer.clientId = nil
    #expect(reader.delivery(from: answer, to: exchange).outcome == .accepted)
  }

  @Test("an unsigned refusal keeps its code as a hint")
  func hint() throws {
    var answer = try answer(
      #"{"result":{"resultStatus":"F","resultCode":"KEY_NOT_FOUND","resultMessage":"a\u0007b"}}"#)
    answer.signature = nil
    #expect(
      reader.delivery(from: answer, to: exchange)
        == Delivery(
          .unknown,
          reason: "the answer carries no signature, so it proves nothing; it says "
            + "F KEY_NOT_FOUND (a<U+0007>b)",
          httpStatus: 200, claimedCode: "KEY_NOT_FOUND"))
  }

  @Test(
    "the wait that an answer asks for is read as seconds, within five minutes",
    arguments: [("7", 7), ("301", 300), ("-1", nil), ("soon", nil), ("", nil)])
  func wait(_ text: String, _ seconds: Int?) throws {
    var answer = try answer("{}")
    answer.retryAfter = text
    #expect(answer.wait == seconds)
  }

  @Test("a genuine answer of the same gateway family is proven")
  func genuine() throws {
    let vector = try Vector()
    let reader = AnswerReader(
      verifier: Verifier(key: try PublicKey(text: vector["publicKeySpkiBase64"], origin: "vector")),
      message: message, rateLimitCodes: [])
    let answer = Answer(
      httpStatus: 200, clientId: vector["clientId"], responseTime: vector["responseTime"],
      signature: "algorithm=RSA256, keyVersion=2, signature=" + vector["signatureHeaderValue"],
      body: Array(vector["body"].utf8))
    let exchange = Exchange(
      path: vector["path"], clientId: vector["clientId"], time: "2025-05-19T01:52:30Z")
    #expect(
      reader.delivery(from: answer, to: exchange)
        == Delivery(
          .unknown, reason: "U PAYMENT_IN_PROCESS (payment in process)", httpStatus: 200,
          resultStatus: "U", resultCode: "PAYMENT_IN_PROCESS",
          resultMessage: "payment in process"))
  }
}

/// A signed answer as a gateway of this family really sent it.
private struct Vector {
  private let document = JSONDocument()

  init() throws {
    let path = #filePath.replacing(
      "DStoreAPITests/AnswerReaderTests.swift",
      with: "Fixtures/vectors/gateway-response-real.json")
    let bytes = try #require(try StateFile.read(path))
    try Bytes.withBytes(of: bytes) { (view) throws(JSONFault) in try document.parse(view) }
  }

  subscript(name: String) -> String { document.root[name]?.text ?? "" }
}

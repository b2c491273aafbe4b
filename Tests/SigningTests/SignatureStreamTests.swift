import Records
import Testing

@testable import Signing

struct SignatureStreamTests {
  static let answers = Vectors.wycheproof.tests.map(\.tcId)

  @Test("Wycheproof's known answers come out, whole and in pieces", arguments: answers)
  func knownAnswer(number: Int) throws {
    let answer = try #require(Vectors.wycheproof.tests.first { $0.tcId == number })
    let message = [UInt8](hexDigits: answer.msgHex)
    let signature = [UInt8](hexDigits: answer.signatureHex)
    #expect(signature.count == 256)
    let key = try Vectors.privateKey
    let whole = SignatureStream(key: key.handle, head: message, keyVersion: 1)
    #expect(try SignatureHeader(reading: whole.finish()).signature == signature)
    let pieces = SignatureStream(key: key.handle, head: [], keyVersion: 1)
    for byte in message { Bytes.withBytes(of: [byte]) { pieces.update($0) } }
    #expect(try SignatureHeader(reading: pieces.finish()).signature == signature)
    #expect(
      Verifier(key: key.publicKey).matches(head: [], body: message, signature: signature))
  }

  @Test("all eight of Wycheproof's answers are among the fixtures")
  func count() {
    #expect(Self.answers.count == 8)
  }

  @Test("pieces give the signature of the whole")
  func pieces() throws {
    let signer = Signer(key: try Vectors.privateKey, clientId: "POS_1")
    let exchange = signer.exchange(
      path: "/v2/pos/syncProduct", time: "2026-01-31T12:08:56+08:00")
    let stream = try signer.stream(exchange)
    stream.update(Bytes(#"{"requestId":"#))
    stream.update(.empty)
    stream.update(Bytes(#""r-1"}"#))
    #expect(
      try stream.finish() == signer.sign(exchange, body: Bytes(#"{"requestId":"r-1"}"#)))
  }
}

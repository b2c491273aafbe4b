import Records
import Testing

@testable import Signing

struct VerifierTests {
  static let gateway = Vectors.gateway
  static let body = Array(gateway.body.utf8)

  private static func verifier() throws -> Verifier {
    Verifier(key: try PublicKey(text: gateway.publicKeySpkiBase64, origin: "vector"))
  }

  @Test("a genuine answer of the gateway family is taken, byte for byte")
  func genuine() throws {
    let proven = try Self.verifier().verify(
      Self.gateway.exchange, body: Self.body, signature: Self.gateway.header)
    #expect(proven.bytes == Self.body)
    #expect(proven.exchange == Self.gateway.exchange)
  }

  /// One part of the genuine message changed at a time.
  static let tampered: [(name: String, exchange: Exchange)] = [
    ("method", changed(method: "PUT")),
    ("path", changed(path: gateway.path + "/")),
    ("client id", changed(clientId: gateway.clientId.lowercased())),
    ("time", changed(time: "2025-05-19T01:52:33Z")),
    ("time's spelling", changed(time: "2025-05-19T01:52:32+00:00")),
  ]

  private static func changed(
    method: String = "POST", path: String = gateway.path, clientId: String = gateway.clientId,
    time: String = gateway.responseTime
  ) -> Exchange {
    Exchange(path: path, clientId: clientId, time: time, method: method)
  }

  static let noMatch = SignatureRefusal(
    .noMatch,
    "the signature (key version 1) does not match the message under the known public key")

  @Test("a message with one changed part is refused", arguments: tampered)
  func tampering(name: String, exchange: Exchange) throws {
    let verifier = try Self.verifier()
    #expect(throws: Self.noMatch, "\(name)") {
      try verifier.verify(exchange, body: Self.body, signature: Self.gateway.header)
    }
  }

  @Test("a body with one changed, one more or one missing byte is refused")
  func tamperedBody() throws {
    let verifier = try Self.verifier()
    var changed = Self.body
    changed[100] ^= 1
    for body in [changed, Self.body + [0x0A], Array(Self.body.dropLast()), []] {
      #expect(throws: Self.noMatch) {
        try verifier.verify(Self.gateway.exchange, body: body, signature: Self.gateway.header)
      }
    }
  }

  @Test("a signature with one changed, one more or one missing byte is refused")
  func tamperedSignature() throws {
    let verifier = try Self.verifier()
    let genuine = try SignatureHeader(reading: Self.gateway.header).signature
    var changed = genuine
    changed[17] ^= 1
    for signature in [changed, genuine + [0], Array(genuine.dropLast()), [0]] {
      let header = SignatureHeader(keyVersion: 1, signature: signature).text
      #expect(throws: Self.noMatch) {
        try verifier.verify(Self.gateway.exchange, body: Self.body, signature: header)
      }
    }
  }

  @Test("another key's signature is refused, and the next genuine one is taken")
  func otherKey() throws {
    let key = try Vectors.privateKey
    let header = try Bytes.withBytes(of: Self.body) {
      try Signer(key: key, clientId: Self.gateway.clientId).sign(Self.gateway.exchange, body: $0)
    }
    let verifier = try Self.verifier()
    #expect(throws: Self.noMatch) {
      try verifier.verify(Self.gateway.exchange, body: Self.body, signature: header)
    }
    let proven = try verifier.verify(
      Self.gateway.exchange, body: Self.body, signature: Self.gateway.header)
    #expect(proven.bytes == Self.body)
  }

  @Test("a body whose beginning was moved into the time is refused though the signature holds")
  func shiftedBody() throws {
    let key = try Vectors.privateKey
    let body = #"{"a":"x.{\"b\":1}"}"#
    let whole = Exchange(path: "/p", clientId: "A", time: "1700000000000")
    let header = try Bytes.withBytes(of: body) {
      try Signer(key: key, clientId: "A").sign(whole, body: $0)
    }
    let shifted = Exchange(path: "/p", clientId: "A", time: #"1700000000000.{"a":"x"#)
    let rest = Array(#"{\"b\":1}"}"#.utf8)
    #expect(shifted.head + rest == whole.head + Array(body.utf8))
    #expect(
      throws: SignatureRefusal(
        .unsuitable,
        "the message cannot have been signed: the time is not written as times are")
    ) {
      try Verifier(key: key.publicKey).verify(shifted, body: rest, signature: header)
    }
  }

  @Test("a message without a signature is refused", arguments: [nil, ""])
  func unsigned(header: String?) throws {
    let verifier = try Self.verifier()
    #expect(
      throws: SignatureRefusal(.missingHeader, "the message carries no signature")
    ) {
      try verifier.verify(Self.gateway.exchange, body: Self.body, signature: header)
    }
  }
}

import Records
import TestSupport
import Testing

@testable import Signing

struct PublicKeyTests {
  static let line = Vectors.wycheproof.publicKeySpkiBase64

  @Test("a line of Base64, wrapped lines, PEM and PKCS#1 are the same key")
  func spellings() throws {
    let key = try PublicKey(text: Self.line, origin: "line")
    let folder = TemporaryFolder()
    folder.write(key.pem, to: "spki.pem")
    try folder.openssl("rsa -pubin -in spki.pem -RSAPublicKey_out -out pkcs1.pem")
    let pkcs1 = try #require(folder.text("pkcs1.pem"))
    #expect(pkcs1.hasPrefix("-----BEGIN RSA PUBLIC KEY-----"))
    let bare = { (pem: String) in pem.split(separator: "\n").dropFirst().dropLast() }
    for text in [
      key.pem, pkcs1, bare(pkcs1).joined(), bare(key.pem).joined(separator: "\r\n"),
    ] {
      let other = try PublicKey(text: text, origin: "other")
      #expect(other == key)
      #expect(other.base64Line == Self.line)
    }
  }

  @Test("different keys are not equal")
  func different() throws {
    let other = Vectors.gateway.publicKeySpkiBase64
    #expect(
      try PublicKey(text: other, origin: "a") != PublicKey(text: Self.line, origin: "b"))
  }

  /// Texts that are not a public key, and what is said.
  static let refused: [(text: String, message: String)] = [
    ("\n", "the public key is empty"),
    (Vectors.wycheproof.privateKeyPkcs8Base64, "this is a private key where a public key belongs"),
    (String(line.dropLast(8)), "the public key is cut off: 288 of its 294 bytes are there"),
    (line + line, "the public key is followed by 294 bytes that don't belong to it"),
    ("keys/dstore.pem", "the public key is neither PEM nor whole Base64"),
  ]

  @Test("what is not a public key is refused by its own sentence", arguments: refused)
  func refusal(text: String, message: String) {
    #expect(Self.problem(text)?.message == message)
  }

  @Test("a certificate, a short key and a key for curves are refused, each by its own sentence")
  func foreign() throws {
    let folder = TemporaryFolder()
    try folder.openssl("genrsa -out k.pem 1024")
    try folder.openssl("rsa -in k.pem -pubout -out short.pem")
    try folder.openssl("genpkey -algorithm ED25519 -out e.pem")
    try folder.openssl("pkey -in e.pem -pubout -out curve.pem")
    try folder.openssl("req -x509 -key k.pem -subj /CN=shop.example -days 1 -out c.pem")
    let messages = try ["short.pem", "curve.pem", "c.pem"].map {
      Self.problem(try #require(folder.text($0)))?.message
    }
    #expect(
      messages == [
        "the public key has 1024 bits; fewer than 2048 are not safe",
        "the public key is of the kind ED25519, not RSA",
        "this is a certificate where a public key belongs",
      ])
  }

  @Test("the remedy for the wrong half never asks for a private key")
  func remedy() {
    #expect(
      Self.problem(Vectors.wycheproof.privateKeyPkcs8Base64)?.remedy
        == "Give the public key; a private key is never handed out, and nobody hands you theirs.")
  }

  private static func problem(_ text: String) -> Problem? {
    do throws(Problem) {
      _ = try PublicKey(text: text, origin: "keys.dstorePublic")
      return nil
    } catch {
      return error
    }
  }
}

import Records
import TestSupport
import Testing

@testable import Signing

struct PrivateKeyTests {
  static let base64 = Vectors.wycheproof.privateKeyPkcs8Base64
  static let pem = PEMBlock.text(
    label: "PRIVATE KEY", der: Base64.bytes(of: Array(base64.utf8)) ?? [])

  /// The ways in which a key arrives.
  static let spellings: KeyValuePairs = [
    "one line of Base64": base64,
    "Base64 with a line feed": base64 + "\n",
    "wrapped Base64": pem.split(separator: "\n").dropFirst().dropLast().joined(separator: "\n"),
    "PEM": pem,
    "PEM with CRLF": pem.split(separator: "\n").joined(separator: "\r\n"),
    "PEM with a byte order mark": "\u{FEFF}" + pem,
    "Base64 with a byte order mark": "\u{FEFF}" + base64,
    "PEM with written line ends": pem.split(separator: "\n").joined(separator: "\\n"),
    "PEM with spaces for line ends": pem.split(separator: "\n").joined(separator: " "),
    "PEM behind other text": "Bag Attributes\n    friendlyName: pos\n" + pem,
    "PEM behind its public half": publicPEM + pem,
  ]

  static let publicPEM = PEMBlock.text(
    label: "PUBLIC KEY",
    der: Base64.bytes(of: Array(Vectors.wycheproof.publicKeySpkiBase64.utf8)) ?? [])

  @Test("a key is read however it is written", arguments: spellings.map(\.key))
  func spelling(name: String) throws {
    let text = try #require(Self.spellings.first { $0.key == name }).value
    let key = try PrivateKey(text: text, origin: name)
    #expect(key.publicKey.base64Line == Vectors.wycheproof.publicKeySpkiBase64)
    #expect(key.pem == Self.pem)
  }

  @Test("PKCS#1 as openssl writes it is the same key")
  func pkcs1() throws {
    let folder = TemporaryFolder()
    folder.write(Self.pem, to: "pkcs8.pem")
    try folder.openssl("rsa -in pkcs8.pem -traditional -out pkcs1.pem")
    let text = try #require(folder.text("pkcs1.pem"))
    #expect(text.hasPrefix("-----BEGIN RSA PRIVATE KEY-----"))
    #expect(try PrivateKey(text: text, origin: "pkcs1.pem").pem == Self.pem)
    let bare = text.split(separator: "\n").dropFirst().dropLast().joined()
    #expect(try PrivateKey(text: bare, origin: "variable").pem == Self.pem)
  }

  /// What `openssl` makes, and the sentence that it gets.
  static let foreign: [(commands: [String], file: String, message: String)] = [
    (
      ["genrsa -aes128 -passout pass:secret -out k.pem 2048"], "k.pem",
      "the private key is encrypted, and nobody is there to type its passphrase"
    ),
    (
      ["genrsa -traditional -aes128 -passout pass:secret -out k.pem 2048"], "k.pem",
      "the private key is encrypted, and nobody is there to type its passphrase"
    ),
    (
      ["genrsa -out k.pem 1024"], "k.pem",
      "the private key has 1024 bits; fewer than 2048 are not safe"
    ),
    (
      ["genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem"], "k.pem",
      "the private key is of the kind EC, not RSA"
    ),
    (
      ["ecparam -name prime256v1 -genkey -noout -out k.pem"], "k.pem",
      "the private key is of the kind EC, not RSA"
    ),
    (
      ["genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048 -out k.pem"], "k.pem",
      "the private key is of the kind RSA-PSS, not RSA"
    ),
    (
      ["genpkey -algorithm ED25519 -out k.pem"], "k.pem",
      "the private key is of the kind ED25519, not RSA"
    ),
    (
      ["genrsa -out k.pem 2048", "rsa -in k.pem -pubout -out p.pem"], "p.pem",
      "this is a public key where the private key belongs"
    ),
    (
      ["genrsa -out k.pem 2048", "rsa -in k.pem -RSAPublicKey_out -out p.pem"], "p.pem",
      "this is a public key where the private key belongs"
    ),
    (
      [
        "genrsa -out k.pem 2048",
        "req -x509 -key k.pem -subj /CN=shop.example -days 1 -out c.pem",
      ], "c.pem", "this is a certificate where a private key belongs"
    ),
  ]

  @Test("what is no plain RSA key of 2048 bits is refused by its own sentence", arguments: foreign)
  func foreignKey(commands: [String], file: String, message: String) throws {
    let folder = TemporaryFolder()
    for command in commands { try folder.openssl(command) }
    let text = try #require(folder.text(file))
    #expect(text.hasPrefix("-----BEGIN "))
    #expect(Self.problem(text)?.message == message)
  }

  @Test("an encrypted key is refused in bare Base64 too, and nobody is asked for the passphrase")
  func encryptedBase64() throws {
    let folder = TemporaryFolder()
    try folder.openssl("genrsa -aes128 -passout pass:secret -out k.pem 2048")
    let text = try #require(folder.text("k.pem"))
    let bare = text.split(separator: "\n").dropFirst().dropLast().joined()
    #expect(Self.problem(bare)?.code == "key-encrypted")
  }

  /// Damage, and the sentence that it gets.
  static let damaged: [(text: String, message: String)] = [
    ("", "the private key is empty"),
    (" \r\n", "the private key is empty"),
    ("/etc/dstore/pos.pem", "the private key is neither PEM nor whole Base64"),
    (String(base64.dropLast()), "the private key is neither PEM nor whole Base64"),
    ("-----BEGIN PRIVATE KEY-----\n!\n", "the private key is neither PEM nor whole Base64"),
    (
      "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----",
      "the private key is in OpenSSH's own format"
    ),
    (String(base64.dropLast(400)), "the private key is cut off: 918 of its 1217 bytes are there"),
    (
      Base64.text(of: (Base64.bytes(of: Array(base64.utf8)) ?? []) + [0, 1, 2]),
      "the private key is followed by 3 bytes that don't belong to it"
    ),
    ("aGVsbG8=", "the text is Base64, but what it holds is no key"),
    ("MAA=", "the text is Base64, but what it holds is no key"),
  ]

  @Test("a damaged key is refused by its own sentence", arguments: damaged)
  func damage(text: String, message: String) {
    #expect(Self.problem(text)?.message == message)
  }

  @Test("a key with one flipped bit of the modulus is found by its own public half")
  func inconsistent() throws {
    var der = Base64.bytes(of: Array(Self.base64.utf8)) ?? []
    der[100] ^= 4
    #expect(
      Self.problem(Base64.text(of: der))?.message
        == "the private key is damaged: its own public half refuses its signature")
  }

  @Test("a key that was cut or changed anywhere is a problem or a key, never a crash")
  func fuzz() {
    let der = Base64.bytes(of: Array(Self.base64.utf8)) ?? []
    for place in stride(from: 0, to: der.count, by: 13) {
      var changed = der
      changed[place] ^= 0xFF
      _ = Self.problem(Base64.text(of: changed))
      #expect(Self.problem(Base64.text(of: der.prefix(place))) != nil)
    }
  }

  @Test("the problem names the origin, says what to do, and shows nothing of the key")
  func wholeProblem() {
    #expect(
      Self.problem(String(Self.base64.dropLast()))?.description
        == """
        keys.private: the private key is neither PEM nor whole Base64. Give the whole RSA key, PEM \
        (`-----BEGIN PRIVATE KEY-----` and what follows) or its Base64; `dstore-connector keys` \
        makes a new pair.
        """)
  }

  private static func problem(_ text: String) -> Problem? {
    do throws(Problem) {
      _ = try PrivateKey(text: text, origin: "keys.private")
      return nil
    } catch {
      return error
    }
  }
}

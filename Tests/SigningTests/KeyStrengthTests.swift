import TestSupport
import Testing

@testable import Signing

struct KeyStrengthTests {
  @Test(
    "RSA from 2048 bits and ECDSA from 256 bits are strong enough, and nothing else is",
    arguments: [
      ("RSA -pkeyopt rsa_keygen_bits:2048", nil), ("RSA -pkeyopt rsa_keygen_bits:3072", nil),
      ("RSA -pkeyopt rsa_keygen_bits:1024", "is RSA of 1024 bits"),
      ("RSA -pkeyopt rsa_keygen_bits:2047", "is RSA of 2047 bits"),
      ("EC -pkeyopt ec_paramgen_curve:P-256", nil), ("EC -pkeyopt ec_paramgen_curve:P-384", nil),
      ("EC -pkeyopt ec_paramgen_curve:P-224", "is EC of 224 bits"),
      ("ED25519", "is of another kind"),
    ] as [(String, String?)])
  func strength(_ kind: String, _ weakness: String?) throws {
    let folder = TemporaryFolder()
    try folder.openssl("genpkey -algorithm \(kind) -out key.pem")
    try folder.openssl("pkey -in key.pem -pubout -outform DER -out key.der")
    let info = try #require(folder.bytes("key.der"))
    #expect(KeyStrength.weakness(ofPublicKey: info) == weakness)
  }

  @Test(
    "what is no key at all cannot be read", arguments: [[], [0x30, 0x00], [0x30, 0x82, 0xFF]])
  func junk(_ info: [UInt8]) {
    #expect(KeyStrength.weakness(ofPublicKey: info) == "cannot be read")
  }
}

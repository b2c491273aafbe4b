import Testing

@testable import Signing

struct SignatureHeaderTests {
  /// `+/8=` as it may stand in a header; its bytes are FB FF.
  static let spellings = [
    "algorithm=RSA256, keyVersion=1, signature=%2B%2F8%3D",
    "algorithm=RSA256,keyVersion=1,signature=%2b%2f8%3d",
    "signature=+/8=,keyVersion=1,algorithm=RSA256",
    "keyVersion=1 ,\tsignature = +%2F8= , algorithm=rsa256",
    "Algorithm=RSA256, KeyVersion=1, Signature=+/8=",
    "algorithm=RSA256, keyVersion=1, nonce=x, oddment, signature=+/8%3D,",
  ]

  @Test(
    "fields are read in any order, with or without spaces, encoded or not",
    arguments: spellings)
  func reads(header: String) throws {
    let read = try SignatureHeader(reading: header)
    #expect(read == SignatureHeader(keyVersion: 1, signature: [0xFB, 0xFF]))
    #expect(read.text == "algorithm=RSA256, keyVersion=1, signature=%2B%2F8%3D")
  }

  @Test("a key version that is no number, or absent, does not matter")
  func keyVersion() throws {
    for header in [
      "algorithm=RSA256,signature=+/8=", "algorithm=RSA256,keyVersion=x,signature=+/8=",
    ] {
      #expect(try SignatureHeader(reading: header).keyVersion == nil)
    }
  }

  /// Headers that are refused, why, and in which words.
  static let refused: [(String, SignatureRefusal.Reason, String)] = [
    ("", .missingField, "the signature header lacks algorithm and signature"),
    ("algorithm=RSA256, keyVersion=1", .missingField, "the signature header lacks signature"),
    ("algorithm=RSA256, signature=", .missingField, "the signature header lacks signature"),
    ("keyVersion=1, signature=+/8=", .missingField, "the signature header lacks algorithm"),
    (
      "algorithm=RSA256, signature=+/8=, signature=AAAA", .repeatedField,
      "the signature header names signature twice"
    ),
    (
      "algorithm=HMAC, signature=+/8=", .wrongAlgorithm,
      "the signature's algorithm is not RSA256"
    ),
    ("algorithm=RSA256, signature=%2B%2F8%3", .notBase64, "the signature is not Base64"),
    ("algorithm=RSA256, signature=%+1AA", .notBase64, "the signature is not Base64"),
    ("algorithm=RSA256, signature=%GGAA", .notBase64, "the signature is not Base64"),
    ("algorithm=RSA256, signature= /8=", .notBase64, "the signature is not Base64"),
    ("algorithm=RSA256, signature=%252B%252F8%253D", .notBase64, "the signature is not Base64"),
  ]

  @Test("a header that cannot be used is refused with its reason", arguments: refused)
  func refuses(header: String, reason: SignatureRefusal.Reason, message: String) {
    #expect(throws: SignatureRefusal(reason, message)) {
      try SignatureHeader(reading: header)
    }
  }
}

import Testing

@testable import Signing

struct Base64Tests {
  /// RFC 4648, 10.
  static let known = [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("fooba", "Zm9vYmE="), ("foobar", "Zm9vYmFy"),
  ]

  @Test("the RFC's examples are written and read", arguments: known)
  func examples(plain: String, encoded: String) {
    #expect(Base64.text(of: plain.utf8) == encoded)
    #expect(Base64.bytes(of: Array(encoded.utf8)) == Array(plain.utf8))
  }

  @Test("every byte in every position survives")
  func everyByte() {
    let bytes = (0..<768).map { UInt8(truncatingIfNeeded: $0 * 7 + $0 / 256) }
    for count in 0..<bytes.count {
      let some = Array(bytes.prefix(count))
      #expect(Base64.bytes(of: Array(Base64.text(of: some).utf8)) == some)
    }
  }

  @Test(
    "what is not Base64 is refused",
    arguments: [
      "Zg", "Zg=", "Zg===", "Z===", "====", "Zm9v=", "Zh==", "Zm9=", "Zm-v", "Zm_v", "Zm9 ",
      "Zg==Zg==", "Z=g=", "Zm9\u{0}",
    ])
  func refused(text: String) {
    #expect(Base64.bytes(of: Array(text.utf8)) == nil)
  }
}

import Digests
import Records
import Testing

struct DigestTests {
  /// FIPS 180-4's own examples.
  static let known: [(text: String, hex: String)] = [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
  ]

  @Test("a text's digest is the published one", arguments: known)
  func published(text: String, hex: String) {
    #expect(Bytes.withBytes(of: text) { Digest.of($0) }.hex == hex)
  }

  @Test("hex and bytes lead back to the same digest")
  func roundTrip() throws {
    let digest = Digest.of(Bytes("abc"))
    #expect(digest.bytes.count == 32)
    #expect(digest.bytes[0] == 0xBA)
    #expect(Digest(bytes: digest.bytes) == digest)
    #expect(Digest(hex: digest.hex) == digest)
    #expect(Digest(hex: digest.hex.uppercased()) == digest)
    #expect(Digest.of(Bytes("abd")) != digest)
  }

  @Test(
    "what is not 64 hex digits is no digest",
    arguments: [
      "", "abc", String(repeating: "0", count: 63), String(repeating: "0", count: 66),
      String(repeating: "g", count: 64),
    ])
  func notHex(text: String) {
    #expect(Digest(hex: text) == nil)
  }

  @Test("fewer or more than 32 bytes are no digest", arguments: [0, 31, 33])
  func wrongSize(count: Int) {
    #expect(Digest(bytes: [UInt8](repeating: 0, count: count)) == nil)
  }
}

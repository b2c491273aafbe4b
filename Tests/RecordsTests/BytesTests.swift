import Records
import Testing

struct BytesTests {
  private func text(_ count: Int) -> [UInt8] { (0..<count).map { UInt8(0x30 + $0 % 64) } }

  @Test("text of every length is appended as it is", arguments: 0...70)
  func append(_ count: Int) {
    let output = ByteOutput(capacity: 16)
    for _ in 0..<3 { output.append(text(count)) }
    #expect(output.bytes.array == text(count) + text(count) + text(count))
  }

  @Test("texts are equal if all of their bytes are", arguments: 0...40)
  func equal(_ count: Int) {
    let one = text(count)
    func isEqual(_ other: [UInt8]) -> Bool {
      Bytes.withBytes(of: one) { one in Bytes.withBytes(of: other) { one == $0 } }
    }
    #expect(isEqual(text(count)))
    #expect(!isEqual(text(count + 1)))
    for index in one.indices {
      var other = one
      other[index] ^= 0x80
      #expect(!isEqual(other))
    }
  }

  @Test(
    "white space at the ends is left out",
    arguments: [
      ("", ""), (" ", ""), (" \t\r\n", ""), ("a", "a"), (" a", "a"), ("a ", "a"),
      ("\u{B}a b\u{C}", "a b"), ("a b", "a b"),
    ])
  func trimmed(_ text: String, _ expected: String) {
    #expect(Bytes.withBytes(of: text) { $0.trimmed.text } == expected)
  }
}

import Records
import Testing

@testable import JSON

@Suite("UTF-8")
struct UTF8CheckTests {
  @Test("is told from other bytes just as the standard library does it", arguments: 0..<20)
  func asStandardLibrary(seed: UInt64) {
    var random = SmallRandom(state: seed)
    let interesting: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEE,
      0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF,
    ]
    for _ in 0..<2000 {
      let count = Int.random(in: 1...5, using: &random)
      let tail = (0..<count).map { _ in interesting.randomElement(using: &random)! }
      let bytes = Array(repeating: 0x61, count: Int.random(in: 0...9, using: &random)) + tail
      let invalid = Bytes.withBytes(of: bytes) { firstInvalidUTF8(in: $0) }
      #expect((invalid == nil) == (String(validating: bytes, as: UTF8.self) != nil), "\(bytes)")
      guard let invalid else { continue }
      #expect(String(validating: bytes[..<invalid], as: UTF8.self) != nil, "\(bytes)")
    }
  }

  @Test("of every scalar is accepted")
  func everyScalar() {
    let scalars = (0...0x10FFFF).lazy.compactMap { Unicode.Scalar($0 as UInt32) }
    let text = String(String.UnicodeScalarView(scalars))
    #expect(Bytes.withBytes(of: text) { firstInvalidUTF8(in: $0) } == nil)
  }
}

import Records
import Testing

@testable import ExportReading

@Suite struct UTF8CheckTests {
  private func check(_ bytes: [UInt8], cut: Int = 0) -> UTF8Check {
    var check = UTF8Check()
    Bytes.withBytes(of: Array(bytes[..<cut])) { check.take($0, at: 0) }
    Bytes.withBytes(of: Array(bytes[cut...])) { check.take($0, at: cut) }
    check.finish()
    return check
  }

  @Test(
    "the first and last characters of each length are right",
    arguments: [
      "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}",
      "\u{10FFFF}",
    ])
  func right(_ character: String) {
    let bytes = [UInt8](character.utf8)
    for cut in 0...bytes.count {
      #expect(check(bytes, cut: cut).broken == 0)
      #expect(check(bytes, cut: cut).wide == 1)
    }
  }

  @Test(
    "what RFC 3629 forbids is broken, at the character's first byte",
    arguments: [
      [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x9F, 0x80], [0xED, 0xA0, 0x80],
      [0xF0, 0x8F, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5], [0xFF], [0xE9], [0xE2, 0x82],
      [0xE9, 0x2C],
    ] as [[UInt8]])
  func wrong(_ bytes: [UInt8]) {
    for cut in 0...bytes.count + 2 {
      let result = check([0x61, 0x62] + bytes, cut: cut)
      #expect(result.broken >= 1)
      #expect(result.first?.offset == 2)
      #expect(result.first?.byte == bytes[0])
    }
  }

  @Test("a lead byte that cuts another character begins one itself")
  func restart() {
    let result = check([0xE2, 0x82, 0xC3, 0xA9])
    #expect(result.broken == 1)
    #expect(result.wide == 1)
    #expect(result.first?.offset == 0)
  }

  @Test("what the standard library takes for text is right, and nothing else")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let bytes = (0..<6).map { _ in
        [0x41, 0x80, 0xBF, 0xC3, 0xE0, 0xED, 0xF0, 0xF4, 0xA0].randomElement(using: &generator)!
      }
      let isText = String(validating: bytes.map(UInt8.init), as: UTF8.self) != nil
      #expect((check(bytes.map(UInt8.init)).broken == 0) == isText, "\(bytes)")
    }
  }
}

import Testing

@testable import ExportReading

@Suite struct ByteChunkTests {
  private func chunk(_ bytes: [UInt8]) -> ByteChunk {
    bytes.withUnsafeBufferPointer { ByteChunk(at: $0.baseAddress!) }
  }

  @Test("every one of the 64 places has its own bit", arguments: 0..<64)
  func places(_ index: Int) {
    var bytes = [UInt8](repeating: 0x61, count: 64)
    bytes[index] = 0x2C
    #expect(chunk(bytes).marks(0x2C) == 1 << UInt64(index))
    #expect(chunk(bytes).marks(0x0A, 0x2C, 0x0D) == 1 << UInt64(index))
    #expect(chunk(bytes).contains(0x2C))
  }

  @Test("marks are those of a loop over the bytes")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<200 {
      let bytes = (0..<64).map { _ in UInt8.random(in: 0...7, using: &generator) }
      var expected: UInt64 = 0
      for (index, byte) in bytes.enumerated() where byte == 3 { expected |= 1 << UInt64(index) }
      #expect(chunk(bytes).marks(3) == expected)
    }
  }

  @Test("a single byte above 0x7F is no ASCII", arguments: [0, 31, 63])
  func ascii(_ index: Int) {
    var bytes = [UInt8](repeating: 0x7F, count: 64)
    #expect(chunk(bytes).isASCII)
    bytes[index] = 0x80
    #expect(!chunk(bytes).isASCII)
  }

  @Test("bits below and from an index, the ends included")
  func halves() {
    #expect(UInt64.max.below(0) == 0)
    #expect(UInt64.max.below(3) == 7)
    #expect(UInt64.max.below(64) == .max)
    #expect(UInt64.max.from(0) == .max)
    #expect(UInt64.max.from(63) == 1 << 63)
    #expect(UInt64.max.from(64) == 0)
  }
}

import COpenSSL
package import Records

/// A SHA-256 value (FIPS 180-4): 32 bytes, held in place so that many of them cost little.
package struct Digest: Hashable, Sendable {
  /// How many bytes it has.
  package static let size = 32

  private let words: SIMD4<UInt64>

  /// - Returns: nothing where there are not exactly 32 bytes.
  package init?(bytes: [UInt8]) {
    guard bytes.count == Self.size else { return nil }
    self.init(buffer: bytes.withUnsafeBytes { $0.loadUnaligned(as: SIMD4<UInt64>.self) })
  }

  /// Reads what ``hex`` wrote; capital letters are accepted.
  package init?(hex: String) {
    var bytes: [UInt8] = []
    var high: UInt8?
    for character in hex.utf8 {
      guard let digit = Self.value(ofHexDigit: character) else { return nil }
      if let first = high {
        bytes.append(first << 4 | digit)
        high = nil
      } else {
        high = digit
      }
    }
    guard high == nil else { return nil }
    self.init(bytes: bytes)
  }

  init(buffer: SIMD4<UInt64>) { words = buffer }

  /// The digest of `bytes`.
  package static func of(_ bytes: Bytes) -> Digest {
    var words = SIMD4<UInt64>()
    let done = withUnsafeMutableBytes(of: &words) { room in
      EVP_Digest(
        bytes.start, bytes.count, room.baseAddress?.assumingMemoryBound(to: UInt8.self), nil,
        DigestStream.algorithm, nil)
    }
    precondition(done == 1, DigestStream.isUnavailable)
    return Digest(buffer: words)
  }

  /// The 32 bytes, as a copy.
  package var bytes: [UInt8] { withUnsafeBytes(of: words) { [UInt8]($0) } }

  /// 64 digits in small letters.
  package var hex: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * Self.size)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func value(ofHexDigit character: UInt8) -> UInt8? {
    switch character {
    case 0x30...0x39: character - 0x30
    case 0x41...0x46: character - 0x41 + 10
    case 0x61...0x66: character - 0x61 + 10
    default: nil
    }
  }
}

import Glibc
import Records

/// The encoding of a text file.
package struct TextEncoding: Hashable, Sendable {
  /// In small letters, as mappings state it and previews show it.
  package let name: String
  /// How iconv calls it; nothing for UTF-8, which needs no decoding.
  let iconvName: String?

  package static let utf8 = TextEncoding(name: "utf-8", iconvName: nil)
  static let utf16LittleEndian = TextEncoding(name: "utf-16le", iconvName: "UTF-16LE")
  static let utf16BigEndian = TextEncoding(name: "utf-16be", iconvName: "UTF-16BE")

  private init(name: String, iconvName: String?) {
    self.name = name
    self.iconvName = iconvName
  }

  /// An encoding that somebody states. What it is called is not checked; iconv does it.
  init(stated: String) {
    guard let iconvName = EncodingName.iconv(stated) else {
      self = .utf8
      return
    }
    self.init(name: stated.lowercased(), iconvName: iconvName)
  }

  /// Whether zero bytes are part of ordinary text.
  var isWide: Bool {
    guard let name = iconvName?.uppercased() else { return false }
    return ["UTF-16", "UTF16", "UTF-32", "UTF32", "UCS-2", "UCS2", "UCS-4", "UCS4"]
      .contains { name.hasPrefix($0) }
  }

  /// Whether 0x80 to 0x9F are control characters in it.
  var isLatin: Bool {
    guard let name = iconvName?.uppercased() else { return false }
    return name.hasPrefix("ISO-8859") || name.hasPrefix("ISO8859") || name.hasPrefix("LATIN")
  }

  /// Whether every byte is a character by itself, or none; false where iconv does not know it.
  var isOfSingleBytes: Bool {
    guard let iconvName else { return false }
    let converter = iconv_open("UTF-8", iconvName)
    guard converter != iconv_t(bitPattern: -1), let converter else { return false }
    defer { iconv_close(converter) }
    return (0x80...0xFF).allSatisfy { !Self.begins($0, converter) }
  }

  /// Whether iconv waits for more bytes after this one.
  private static func begins(_ byte: UInt8, _ converter: iconv_t) -> Bool {
    var input = [CChar(bitPattern: byte)]
    var output = [CChar](repeating: 0, count: 16)
    return input.withUnsafeMutableBufferPointer { input in
      output.withUnsafeMutableBufferPointer { output in
        var (from, to) = (input.baseAddress, output.baseAddress)
        var (left, space) = (input.count, output.count)
        iconv(converter, nil, nil, nil, nil)
        return iconv(converter, &from, &left, &to, &space) == -1 && errno == EINVAL
      }
    }
  }

  /// The encoding that a byte order mark at the beginning stands for, and the mark's length
  /// (Unicode 16.0, section 23.8).
  static func marked(in head: Bytes) -> (encoding: TextEncoding, length: Int)? {
    for (mark, encoding) in marks where head.count >= mark.count {
      let isMarked = Bytes.withBytes(of: mark) { $0 == head.slice(0, mark.count) }
      if isMarked { return (encoding, mark.count) }
    }
    return nil
  }

  /// UTF-32 comes before UTF-16, whose mark is the beginning of its own.
  private static let marks: [([UInt8], TextEncoding)] = [
    ([0xEF, 0xBB, 0xBF], utf8),
    ([0xFF, 0xFE, 0, 0], TextEncoding(name: "utf-32le", iconvName: "UTF-32LE")),
    ([0, 0, 0xFE, 0xFF], TextEncoding(name: "utf-32be", iconvName: "UTF-32BE")),
    ([0xFF, 0xFE], utf16LittleEndian),
    ([0xFE, 0xFF], utf16BigEndian),
  ]

  /// UTF-16 without a mark: every second byte of text that is mostly ASCII is zero.
  static func unmarkedUTF16(in head: Bytes) -> TextEncoding? {
    var zeros = (even: 0, odd: 0)
    let pairs = head.count / 2
    for pair in 0..<pairs {
      if head[2 * pair] == 0 { zeros.even += 1 }
      if head[2 * pair + 1] == 0 { zeros.odd += 1 }
    }
    if zeros.even == 0, zeros.odd * 5 >= pairs * 2, zeros.odd > 0 { return utf16LittleEndian }
    if zeros.odd == 0, zeros.even * 5 >= pairs * 2, zeros.even > 0 { return utf16BigEndian }
    return nil
  }
}

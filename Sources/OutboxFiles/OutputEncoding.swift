import Glibc
package import Records

/// The encoding of a file for the POS.
package struct OutputEncoding: Hashable, Sendable {
  /// As the mapping states it.
  package let name: String
  /// How iconv calls it; nothing for UTF-8.
  private let iconvName: String?

  package static let utf8 = OutputEncoding(name: "utf-8", iconvName: nil)

  private init(name: String, iconvName: String?) {
    self.name = name
    self.iconvName = iconvName
  }

  /// - Throws: `unknown-encoding` where this machine has no such encoding.
  package init(stated: String) throws(Problem) {
    self.init(name: stated, iconvName: EncodingName.iconv(stated))
    // What stands behind a slash asks iconv to leave out or to guess what does not fit.
    guard !stated.contains("/"), let converter = open() else {
      throw EncodingName.unknown(stated)
    }
    iconv_close(converter)
  }

  /// The text in this encoding, with its letters composed; what it cannot hold becomes `?`, and what
  /// nobody sees is left out.
  package func encode(_ text: Bytes) -> EncodedText {
    guard iconvName != nil else { return EncodedText(text.array) }
    guard let converter = open() else { return EncodedText(text.array) }
    defer { iconv_close(converter) }
    var conversion = Conversion(converter, holder: name)
    Bytes.withBytes(of: CleanText.composed(text.text)) { conversion.run($0) }
    return conversion.result
  }

  private func open() -> iconv_t? {
    let converter = iconv_open(iconvName ?? "UTF-8", "UTF-8")
    return converter == iconv_t(bitPattern: -1) ? nil : converter
  }
}

/// One text on its way through iconv(3).
private struct Conversion {
  private let converter: iconv_t
  private let output = ByteOutput(capacity: 4096)
  private var replacements: EncodedText

  init(_ converter: iconv_t, holder: String) {
    self.converter = converter
    replacements = EncodedText([], holder: holder)
  }

  var result: EncodedText {
    var result = replacements
    result.bytes = output.bytes.array
    return result
  }

  mutating func run(_ text: Bytes) {
    var rest = text
    while !rest.isEmpty {
      let (taken, isStuck) = convert(rest)
      rest = rest.slice(taken, rest.count)
      if isStuck { rest = rest.slice(replaceFirst(of: rest), rest.count) }
    }
    finish()
  }

  /// - Returns: how many bytes were taken, and whether the next character does not fit.
  private func convert(_ text: Bytes) -> (taken: Int, isStuck: Bool) {
    var left = text.count
    var failure: Int32 = 0
    output.append(room: 4 * text.count + 16) { room in
      room.withMemoryRebound(to: CChar.self) { room in
        // iconv's signature lets it write to its input; it does not.
        let start = UnsafeMutableRawPointer(mutating: text.start)
        var from: UnsafeMutablePointer<CChar>? = start.assumingMemoryBound(to: CChar.self)
        var to = room.baseAddress
        var space = room.count
        if iconv(converter, &from, &left, &to, &space) == -1 { failure = errno }
        return room.count - space
      }
    }
    return (text.count - left, failure == EILSEQ || failure == EINVAL)
  }

  /// - Returns: how many bytes the character takes.
  private mutating func replaceFirst(of text: Bytes) -> Int {
    let head = String(decoding: text.slice(0, min(256, text.count)).buffer, as: UTF8.self)
    guard let character = head.first, let scalar = head.unicodeScalars.first else {
      return text.count
    }
    if CleanText.isUnseen(scalar) { return UTF8.width(scalar) }
    replacements.add(String(character))
    _ = convert(Bytes("?"))
    return min(String(character).utf8.count, text.count)
  }

  /// Some encodings end with a return to their first state.
  private func finish() {
    output.append(room: 64) { room in
      room.withMemoryRebound(to: CChar.self) { room in
        var to = room.baseAddress
        var space = room.count
        iconv(converter, nil, nil, &to, &space)
        return room.count - space
      }
    }
  }
}

import Records

extension ByteOutput {
  /// Appends the text that a JSON string stands for.
  ///
  /// - Parameter content: what stands between the quotes; the parser has accepted it.
  func append(unescaping content: Bytes) {
    var rest = content
    while let backslash = rest.firstIndex(of: 0x5C), backslash + 1 < rest.count {
      append(rest.slice(0, backslash))
      rest = rest.slice(backslash, rest.count)
      rest = rest.slice(appendEscaped(rest), rest.count)
    }
    append(rest)
  }

  /// - Parameter escape: begins with a backslash.
  /// - Returns: how many bytes the escape takes.
  private func appendEscaped(_ escape: Bytes) -> Int {
    switch escape[1] {
    case 0x62: append(0x08)
    case 0x66: append(0x0C)
    case 0x6E: append(0x0A)
    case 0x72: append(0x0D)
    case 0x74: append(0x09)
    case 0x75: return appendUnicode(escape)
    default: append(escape[1])
    }
    return 2
  }

  private func appendUnicode(_ escape: Bytes) -> Int {
    let unit = codeUnit(escape, at: 2)
    let isPair = unit & 0xFC00 == 0xD800 && escape.count >= 12
    let value = isPair ? 0x10000 + (unit & 0x3FF) << 10 + codeUnit(escape, at: 8) & 0x3FF : unit
    let scalar = Unicode.Scalar(value) ?? "\u{FFFD}"
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { append(byte) }
    return isPair ? 12 : min(6, escape.count)
  }
}

private func codeUnit(_ escape: Bytes, at index: Int) -> UInt32 {
  var unit: UInt32 = 0
  for offset in index..<min(index + 4, escape.count) {
    unit = unit << 4 | UInt32(hexValue(escape[offset]) ?? 0)
  }
  return unit
}

import Records

/// The index of the first byte that is not UTF-8 (RFC 3629: shortest form, no surrogates, nothing
/// above U+10FFFF), or nothing.
func firstInvalidUTF8(in bytes: Bytes) -> Int? {
  var index = 0
  while index < bytes.count {
    while index + 8 <= bytes.count, !EightBytes(at: bytes.start + index).hasHigh { index += 8 }
    while index < bytes.count, bytes.start[index] < 0x80 { index += 1 }
    guard index < bytes.count else { return nil }
    guard let length = scalarLength(bytes, at: index) else { return index }
    index += length
  }
  return nil
}

/// How many bytes the scalar at `index` takes, which is not ASCII; nothing where it is broken.
@inline(__always) private func scalarLength(_ bytes: Bytes, at index: Int) -> Int? {
  let lead = bytes.start[index]
  let length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4
  guard lead >= 0xC2, lead <= 0xF4, index + length <= bytes.count else { return nil }
  let second = bytes.start[index + 1]
  let isAllowed =
    switch lead {
    case 0xE0: second >= 0xA0
    case 0xED: second < 0xA0
    case 0xF0: second >= 0x90
    case 0xF4: second < 0x90
    default: true
    }
  guard isAllowed else { return nil }
  for following in 1..<length where bytes.start[index + following] & 0xC0 != 0x80 { return nil }
  return length
}

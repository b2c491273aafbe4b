import Records

extension ParserText {
  /// Where the number ends that begins at `index` (RFC 8259, section 6).
  func numberEnd(from index: Int) throws(ParserStop) -> Int {
    var index = index
    if start[index] == 0x2D { index += 1 }
    let first = index
    index = try digits(from: index, "a digit is missing after the minus sign")
    if start[first] == 0x30, index > first + 1 {
      throw .fault(at: first, "a number must not begin with a zero")
    }
    if start[index] == 0x2E {
      index = try digits(from: index + 1, "a digit is missing after the decimal point")
    }
    if start[index] | 0x20 == 0x65 {
      index += 1
      if start[index] == 0x2B || start[index] == 0x2D { index += 1 }
      index = try digits(from: index, "a digit is missing in the exponent")
    }
    // Its last digits may be still to come.
    if index == count, !isWhole { throw .needsMore }
    return index
  }

  @inline(__always) private func digits(
    from index: Int, _ message: @autoclosure () -> String
  ) throws(ParserStop) -> Int {
    var end = index
    while start[end].isDigit { end += 1 }
    guard end > index else {
      throw index >= count ? self.end(inside: "a number") : .fault(at: index, message())
    }
    return end
  }

  /// Where the word ends that must stand at `index`.
  func literalEnd(_ word: StaticString, from index: Int) throws(ParserStop) -> Int {
    let length = word.utf8CodeUnitCount
    for offset in 1..<length where start[index + offset] != word.utf8Start[offset] {
      throw index + offset >= count
        ? end(inside: "a word") : .fault(at: index, "\(word) is misspelt")
    }
    return index + length
  }
}

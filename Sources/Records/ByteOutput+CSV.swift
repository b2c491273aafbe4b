extension ByteOutput {
  /// Appends a cell of a CSV file (RFC 4180), in quotes where it must be or where that is asked
  /// for.
  ///
  /// White space at an end is put in quotes too, because many readers drop it otherwise.
  package func appendCSV(cell: Bytes, delimiter: UInt8, isQuoted: Bool = false) {
    guard isQuoted || cell.needsQuotes(delimiter) else { return append(cell) }
    append(UInt8(ascii: "\""))
    for byte in cell.buffer {
      if byte == UInt8(ascii: "\"") { append(byte) }
      append(byte)
    }
    append(UInt8(ascii: "\""))
  }
}

extension Bytes {
  fileprivate func needsQuotes(_ delimiter: UInt8) -> Bool {
    guard let first = buffer.first, let last = buffer.last else { return false }
    if first.isSpace || last.isSpace { return true }
    return buffer.contains { byte in
      byte == delimiter || byte == UInt8(ascii: "\"") || byte == 0x0A || byte == 0x0D
    }
  }
}

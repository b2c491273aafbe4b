package import Records

/// What ends a line of a file for the POS.
package enum Newline: String, Sendable, CaseIterable {
  case lf, crlf, cr

  package var bytes: Bytes {
    switch self {
    case .lf: Bytes("\n")
    case .crlf: Bytes("\r\n")
    case .cr: Bytes("\r")
    }
  }

  /// Appends a text with these at the end of its lines, whatever ended them before.
  package func append(_ text: Bytes, to output: ByteOutput) {
    var from = 0
    for index in 0..<text.count where text[index] == 0x0A || text[index] == 0x0D {
      // The second byte of CR LF belongs to the line end that was written already.
      let isSecond = index > 0 && text[index] == 0x0A && text[index - 1] == 0x0D
      if !isSecond {
        output.append(text.slice(from, index))
        output.append(bytes)
      }
      from = index + 1
    }
    output.append(text.slice(from, text.count))
  }
}

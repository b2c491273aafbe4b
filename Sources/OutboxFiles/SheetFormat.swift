package import JSON
package import Records

/// How a sheet becomes a file's bytes.
package struct SheetFormat: Sendable {
  package enum Kind: Sendable {
    case csv(CSVText)
    /// The text that the mapping made.
    case json
    /// A template, and what ends its lines.
    case template(MustacheText, Newline)
  }

  package var kind: Kind
  package var encoding: OutputEncoding

  package init(_ kind: Kind, encoding: OutputEncoding = .utf8) {
    self.kind = kind
    self.encoding = encoding
  }

  /// The file's bytes.
  ///
  /// - Parameter order: D-Store's body, whose fields a template can name.
  package func bytes(of sheet: OrderSheet, order: JSONValue) -> EncodedText {
    let text = text(of: sheet, order: order)
    var result = Bytes.withBytes(of: text.bytes) { encoding.encode($0) }
    guard text.replacedCount > 0 else { return result }
    result.holder = result.replacedCount > 0 ? "\(text.holder) in \(result.holder)" : text.holder
    for character in text.replaced where !result.replaced.contains(character) {
      result.replaced.append(character)
    }
    result.replacedCount += text.replacedCount
    return result
  }

  private func text(of sheet: OrderSheet, order: JSONValue) -> EncodedText {
    switch kind {
    case .csv(let csv): return csv.text(of: sheet)
    case .json: return EncodedText(sheet.json ?? [])
    case .template(let template, let newline):
      var text = template.text(of: sheet, order: order)
      let output = ByteOutput()
      Bytes.withBytes(of: text.bytes) { newline.append($0, to: output) }
      text.bytes = output.bytes.array
      return text
    }
  }
}

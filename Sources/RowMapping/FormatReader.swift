import Records
import YAML

/// Reads `format:` of a mapping.
struct FormatReader {
  let problems: ProblemList
  /// Those that the mapping may name.
  var kinds: [ExportFormat.Kind] = [.csv, .json, .jsonLines]

  func read(_ section: YAMLSection) -> ExportFormat {
    var format = ExportFormat()
    format.lastLine = section.text("lastLine")?.text
    guard let node = section.node("format") else { return format }
    if let text = node.text {
      format.kind = kind(text)
      return format
    }
    let inner = YAMLSection(node, named: "format", problems: problems)
    if let type = inner.text("type") { format.kind = kind(type) }
    if let encoding = inner.text("encoding") {
      format.encoding = encoding.text
      if !EncodingName.isKnown(encoding.text) {
        problems.add(EncodingName.unknown(encoding.text, at: encoding.place))
      }
    }
    format.delimiter = character(inner.text("delimiter"), named: "delimiter")
    let quote = inner.text("quote")
    format.quote = quote?.text == "none" ? ExportFormat.noQuote : character(quote, named: "quote")
    format.escape = character(inner.text("escape"), named: "escape")
    format.skipLines = inner.integer("skipLines")
    format.hasHeader = inner.choice("header", ["none", "first"]) != "none"
    inner.finish()
    return format
  }

  private func kind(_ text: YAMLText) -> ExportFormat.Kind {
    if let kind = kinds.first(where: { $0.rawValue == text.text }) { return kind }
    let names = kinds.map(\.rawValue)
    problems.add(
      Problem(
        "unknown-format", at: text.place, value: text.text, "there is no such format",
        remedy: suggestion(for: text.text, among: names).orElse(
          "The formats are: \(names.joined(separator: ", ")).")))
    return .csv
  }

  /// One ASCII character, or `tab`.
  func character(_ text: YAMLText?, named name: String) -> UInt8? {
    guard let text else { return nil }
    if text.text == "tab" || text.text == "\\t" { return 0x09 }
    let bytes = [UInt8](text.text.utf8)
    if bytes.count == 1 { return bytes[0] }
    let sample =
      name == "escape"
      ? "escape: \"\\\\\""
      : name == "quote" ? "quote: \"'\", or quote: none" : "\(name): \";\", or \(name): tab"
    problems.add(
      Problem(
        "format", at: text.place, value: text.text, "the \(name) is one ASCII character",
        remedy: "Write it in quotes, such as \(sample)."))
    return nil
  }
}

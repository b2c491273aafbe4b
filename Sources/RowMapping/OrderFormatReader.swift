import Records
import YAML

/// Reads `format:` of a mapping that writes orders.
struct OrderFormatReader {
  let problems: ProblemList

  func read(_ section: YAMLSection) -> OrderFormat {
    var format = OrderFormat()
    guard let node = section.node("format") else { return format }
    if let text = node.text {
      format.type = type(text)
      if format.type == .template { refuseWithoutTemplate(text.place) }
      return format
    }
    let inner = YAMLSection(node, named: "format", problems: problems)
    if let text = inner.text("type") { format.type = type(text) }
    format.encoding = inner.text("encoding")?.text
    switch format.type {
    case .csv: readCSV(inner, into: &format)
    case .json: break
    case .template:
      format.template = template(inner)
      format.newline = newline(inner)
    }
    inner.finish()
    return format
  }

  private func readCSV(_ inner: YAMLSection, into format: inout OrderFormat) {
    let delimiter = FormatReader(problems: problems)
      .character(inner.text("delimiter"), named: "delimiter")
    if let delimiter { format.delimiter = delimiter }
    if let quote = inner.choice("quote", OrderFormat.Quoting.allCases.map(\.rawValue)) {
      format.quote = OrderFormat.Quoting(rawValue: quote) ?? .minimal
    }
    format.newline = newline(inner)
    format.hasHeader = inner.choice("header", ["none", "first"]) != "none"
  }

  private func newline(_ inner: YAMLSection) -> OrderFormat.Newline {
    inner.choice("newline", OrderFormat.Newline.allCases.map(\.rawValue))
      .flatMap(OrderFormat.Newline.init) ?? .lf
  }

  private func type(_ text: YAMLText) -> OrderFormat.FormatType {
    if let type = OrderFormat.FormatType(rawValue: text.text) { return type }
    let names = OrderFormat.FormatType.allCases.map(\.rawValue)
    problems.add(
      Problem(
        "unknown-format", at: text.place, value: text.text, "orders are written in no such format",
        remedy: suggestion(for: text.text, among: names).orElse(
          "The formats are: \(names.joined(separator: ", ")); XML and fixed width are written by "
            + "a template.")))
    return .csv
  }

  private func template(_ inner: YAMLSection) -> String? {
    guard let node = inner.node("template"), !node.isAbsent else {
      refuseWithoutTemplate(inner.place)
      return nil
    }
    guard let text = inner.text("template") else { return nil }
    if !text.text.contains("/"), text.text != ".." { return text.text }
    problems.add(
      Problem(
        "file-name", at: text.place, value: text.text,
        "a mapping reads files that stand beside it only",
        remedy: "Put the template beside the mapping and write its name alone."))
    return nil
  }

  private func refuseWithoutTemplate(_ place: Place) {
    problems.add(
      Problem(
        "missing-key", at: place, "the format template does not say which template",
        remedy: "Write format: {type: template, template: order.mustache}."))
  }
}

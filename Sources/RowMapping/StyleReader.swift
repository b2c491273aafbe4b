import Records
import Templates
import YAML

/// Reads `numbers:`, `currency:` and `dates:` of a mapping.
struct StyleReader {
  let defaults: MappingDefaults
  let problems: ProblemList

  func read(_ section: YAMLSection) -> Styles {
    Styles(
      numbers: numbers(section.section("numbers")), currency: currency(section.text("currency")),
      dates: dates(section.node("dates")))
  }

  private func numbers(_ section: YAMLSection?) -> NumberStyle {
    var style = NumberStyle(isStated: section != nil)
    guard let section else { return style }
    if let decimal = section.choice("decimal", [".", ","]) { style.decimal = decimal.utf8.first! }
    if let thousands = section.text("thousands") { style.thousands = separator(thousands, style) }
    style.unit =
      section.choice("unit", ["major", "minor"]).flatMap(NumberStyle.Unit.init) ?? .major
    section.finish()
    return style
  }

  private func separator(_ text: YAMLText, _ style: NumberStyle) -> [UInt8] {
    let bytes = [UInt8](PlainNumber.sign(text.text).utf8)
    if bytes.isEmpty || text.text.count > 1 || bytes == [style.decimal] || bytes[0].isDigit {
      problems.add(
        Problem(
          "numbers", at: text.place, value: text.text,
          "the thousands separator is one character, and not the decimal one",
          remedy: "Write for example numbers: {decimal: \",\", thousands: \".\"}."))
      return []
    }
    return bytes
  }

  private func currency(_ text: YAMLText?) -> Currency {
    guard let text else { return defaults.currency }
    if let currency = Currency(code: text.text) { return currency }
    problems.add(
      Problem(
        "currency", at: text.place, value: text.text, "this is no currency of ISO 4217",
        remedy: suggestion(for: text.text, among: Currency.codes)))
    return defaults.currency
  }

  private func dates(_ node: YAMLNode?) -> DateStyle {
    var style = DateStyle(zone: defaults.zone)
    guard let node else { return style }
    if let text = node.text {
      style.pattern = pattern(text)
      return style
    }
    let section = YAMLSection(node, named: "dates", problems: problems)
    style.pattern = section.text("pattern").flatMap(pattern)
    style.isBuddhist = section.choice("calendar", ["gregorian", "buddhist"]) == "buddhist"
    if let zone = section.text("timeZone") { style.zone = self.zone(zone) }
    section.finish()
    return style
  }

  private func pattern(_ text: YAMLText) -> DateStyle.Pattern? {
    if let pattern = DateStyle.Pattern(text.text) { return pattern }
    problems.add(
      Problem("date-pattern", at: text.place, value: text.text, DateStyle.Pattern.rule))
    return nil
  }

  private func zone(_ text: YAMLText) -> Zone {
    if let zone = defaults.findZone(text.text) { return zone }
    problems.add(
      Problem(
        "time-zone", at: text.place, value: text.text, "the system knows no such time zone",
        remedy: "Write a name of the IANA database, such as Asia/Singapore."))
    return defaults.zone
  }
}

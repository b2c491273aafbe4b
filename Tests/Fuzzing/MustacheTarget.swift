import JSON
import OutboxFiles
import Records

/// Mustache templates, filled from orders.
final class MustacheTarget: FuzzTarget {
  static let name = "mustache"
  static let separators = Array("{}#/^\n. ".utf8)
  static let words = [
    "{{", "}}", "{{{", "}}}", "{{#orderProducts}}", "{{/orderProducts}}", "{{^note}}", "{{/note}}",
    "{{$a}}", "{{<a}}", "{{>a}}", "{{!", "{{=<% %>=}}", "{{=", "=}}", "<%", "%>",
    "{{% CONTENT_TYPE:TEXT}}", "{{% CONTENT_TYPE:HTML}}\n", "{{.}}", "{{#.}}", "{{/.}}", ".",
    "{{reversed(orderProducts)}}", "{{#enumerated(orderProducts)}}", "{{first()}}", "{{last()}}",
    "{{count(orderProducts)}}", "{{uppercased(note)}}", "{{minusone(quantity)}}", "(", ")", "()",
    "{{#records}}", "{{/records}}", "{{values.table}}", "\r\n", "é", "\u{0}", "<", "&",
    "{{#sorted(tags)}}", "{{/sorted(tags)}}", "{{#empty(note)}}", "{{/empty(note)}}",
  ]
  static let fixtures = [(folder: "../../Mappings", end: ".mustache")]
  static let variants = SampleOrders.texts.count

  private static let sheet = OrderSheet(
    path: [], columns: [[.init("CODE"), .init("NOTE")]],
    lines: [.init(cells: ["7", ""]), .init(cells: ["8", "no <egg>\r\n\u{1B}"])],
    values: [.init(name: "table", text: "12"), .init(name: "remark", text: "")])

  private let orders: SampleOrders

  init() throws { orders = try SampleOrders() }

  func check(_ input: [UInt8], variant: Int) throws {
    let text = String(decoding: input, as: UTF8.self)
    let template: MustacheText
    do throws(Problem) {
      template = try MustacheText(text, file: "o.mustache")
    } catch {
      try expect(!error.message.isEmpty, "a problem without a message")
      // The library takes a vertical tab for the end of a line too.
      let lines = 1 + text.unicodeScalars.count { $0.properties.isWhitespace && $0 != " " }
      return try expect((1...lines).contains(error.place.line ?? 1), "no such line: \(error)")
    }
    let order = orders.all[variant].document.root
    let first = template.text(of: Self.sheet, order: order)
    try expectEqual(
      template.text(of: Self.sheet, order: order).bytes, first.bytes, "filled again")
    // Control characters come from the template alone.
    if !input.contains(0x1B) { try expect(!first.bytes.contains(0x1B), "an escape character") }
    if !input.contains(0) { try expect(!first.bytes.contains(0), "a NUL") }
  }
}

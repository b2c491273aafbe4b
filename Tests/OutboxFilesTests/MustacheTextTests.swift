import JSON
import OutboxFiles
import Records
import Testing

@Suite struct MustacheTextTests {
  static let body = """
    {"requestOrderId": "R-1", "customer": {"name": "Tan & <Sons>", "phone": null},
     "orderProducts": [{"name": "Laksa", "quantity": 2, "price": {"value": 650}},
                       {"name": "Kopi \\"O\\"", "quantity": 1.50, "price": {"value": 180}}],
     "isGift": true, "isTest": false, "note": "", "tags": [], "big": 92233720368547758079,
     "exact": 1e3, "odd": {"b":1, "a": [2]}}
    """

  static let sheet = OrderSheet(
    path: [], columns: [[.init("CODE"), .init("NOTE")]],
    lines: [.init(cells: ["7", ""]), .init(cells: ["8", "no <egg>"])],
    values: [.init(name: "table", text: "12"), .init(name: "remark", text: "")])

  private static func render(_ template: String, _ body: String = body) throws -> EncodedText {
    let document = JSONDocument()
    try Bytes.withBytes(of: body) { try document.parse($0) }
    return try MustacheText(template, file: "Mappings/order.mustache")
      .text(of: sheet, order: document.root)
  }

  @Test(
    "a template names the order's fields, the mapping's values and its records",
    arguments: [
      ("{{requestOrderId}}", "R-1"), ("{{{customer.name}}}", "Tan & <Sons>"),
      (
        "{{#orderProducts}}{{name}}x{{quantity}}@{{price.value}};{{/orderProducts}}",
        "Laksax2@650;Kopi \"O\"x1.50@180;"
      ),
      ("{{#orderProducts}}{{requestOrderId}}{{^last()}},{{/last()}}{{/orderProducts}}", "R-1,R-1"),
      (
        "{{#isGift}}gift{{/isGift}}{{#isTest}}test{{/isTest}}{{^isTest}}real{{/isTest}}",
        "giftreal"
      ),
      ("{{isGift}} {{exact}} {{big}}", "true 1e3 92233720368547758079"),
      ("{{#note}}x{{/note}}{{^note}}none{{/note}}[{{note}}]", "none[]"),
      ("{{#customer}}{{#phone}}x{{/phone}}{{phone}}{{/customer}}", ""),
      ("{{^tags}}no tags{{/tags}}", "no tags"), ("{{nothing}}{{customer.nothing.at.all}}", ""),
      ("{{values.table}}{{#values.remark}}!{{/values.remark}}", "12"),
      ("{{#records}}{{CODE}}:{{#NOTE}}{{NOTE}}{{/NOTE}}|{{/records}}", "7:|8:no <egg>|"),
      ("{{{odd}}}", "{\"b\":1, \"a\": [2]}"), ("[{{orderProducts}}]", "[]"),
      ("{{count(orderProducts)}} {{uppercased(requestOrderId)}}", "2 R-1"),
      ("{{#plusone(big)}}x{{/plusone(big)}}", ""), ("{{empty(note)}}", "true"),
      ("[{{reversed(orderProducts)}}{{reversed(records)}}]", "[]"),
      (
        "{{#reversed(orderProducts)}}{{name}};{{/reversed(orderProducts)}}"
          + "{{count(reversed(orderProducts))}}", "Kopi \"O\";Laksa;2"
      ),
      ("{{! {{> x }}{{=<% %>=}}<%requestOrderId%>{{x}}", "R-1{{x}}"),
    ] as [(String, String)])
  func render(template: String, expected: String) throws {
    let text = try Self.render(template)
    #expect(String(decoding: text.bytes, as: UTF8.self) == expected)
    #expect(text.flag == nil)
  }

  @Test(
    "what an order brings is escaped in markup and nowhere else",
    arguments: [
      ("<n>{{customer.name}}</n>", "<n>Tan &amp; &lt;Sons&gt;</n>"),
      ("<n>{{{customer.name}}}</n>", "<n>Tan & <Sons></n>"),
      ("\u{FEFF} \n<n>{{customer.name}}", "\u{FEFF} \n<n>Tan &amp; &lt;Sons&gt;"),
      ("{{! a > b }}{{#isGift}}<n>{{customer.name}}{{/isGift}}", "<n>Tan &amp; &lt;Sons&gt;"),
      ("{{=<% %>=}}<n><%customer.name%>", "<n>Tan &amp; &lt;Sons&gt;"),
      ("{{customer.name}}", "Tan & <Sons>"), ("\n{{customer.name}}", "\nTan & <Sons>"),
      ("[{{customer.name}}]<b>", "[Tan & <Sons>]<b>"),
      ("{{#records}}\n{{NOTE}}\n{{/records}}\n", "\nno <egg>\n"),
      ("{{% CONTENT_TYPE:TEXT}}<n>{{customer.name}}", "<n>Tan & <Sons>"),
      ("{{% CONTENT_TYPE:HTML}}\n{{customer.name}}", "Tan &amp; &lt;Sons&gt;"),
    ])
  func escapes(template: String, expected: String) throws {
    #expect(String(decoding: try Self.render(template).bytes, as: UTF8.self) == expected)
  }

  @Test("all of an order or of a record is written as the order has it, or not at all")
  func whole() throws {
    let body = #"{"b": [1, {"c": "x"}], "a": {"z": 1, "y": 2}}"#
    let template = "{{.}} {{#a}}{{.}}{{/a}}{{#records}}[{{.}}]{{/records}}"
    let text = try Self.render(template, body)
    #expect(String(decoding: text.bytes, as: UTF8.self) == body + #" {"z": 1, "y": 2}[][]"#)
  }

  @Test("lines that hold only a section's tag leave no line behind, with CR LF too")
  func lines() throws {
    let template =
      "<order>\r\n  {{#records}}\r\n  <l>{{CODE}}</l>\r\n  {{/records}}\r\n</order>\r\n"
    #expect(
      String(decoding: try Self.render(template).bytes, as: UTF8.self)
        == "<order>\n  <l>7</l>\n  <l>8</l>\n</order>\n")
  }

  @Test(
    "in plain text a value breaks no line, whatever it holds",
    arguments: ["{{% CONTENT_TYPE:TEXT}}", "{{%CONTENT_TYPE: TEXT}}\n"])
  func injection(pragma: String) throws {
    let breaks = #"hi\r\nITM 9\tx\u0085y\u2028z\u2029\u000b\u001b!"#
    let body = "{\"note\": \"\(breaks)\", \"odd\": {\"a\":\n1}}"
    let text = try Self.render(pragma + "NOTE {{note}}\n{{{odd}}}\nEND\n", body)
    #expect(
      String(decoding: text.bytes, as: UTF8.self)
        == "NOTE hi  ITM 9 x y z   !\n{\"a\": 1}\nEND\n")
    #expect(
      text.flag?.message
        == "8 characters that a template's output cannot hold were replaced in the file")
  }

  @Test("control characters of an order reach neither XML nor a printer; the template's own do")
  func controls() throws {
    let body = "{\"note\": \"a\\u001b@\\u0000\\tb\\n\\u001bc\\uffff\"}"
    let text = try Self.render("{{% CONTENT_TYPE:HTML}}\n\u{1B}@{{{note}}}", body)
    #expect(String(decoding: text.bytes, as: UTF8.self) == "\u{1B}@a?@?\tb\n?c?")
    #expect(text.replaced == ["\u{1B}", "\u{0}", "\u{FFFF}"])
    #expect(text.replacedCount == 4)
    #expect(
      text.flag?.message
        == "4 characters that a template's output cannot hold were replaced in the file")
  }

  @Test(
    "a mistake is told with its line",
    arguments: [
      (
        "a\n{{#records}}\n{{CODE}}\n", 2, "the section \"records\" is not closed",
        "Write {{/records}} where it ends."
      ),
      (
        "a\r\n\r\n{{/records}}", 3, "\"records\" is closed and was not opened",
        "Take the tag away, or write {{#records}} where it begins."
      ),
      (
        "{{#a}}\n{{#b}}\n{{/a}}{{/b}}", 3, "\"a\" is closed where \"b\" is open since line 2",
        "Close the inner section first, under the name that it was opened with."
      ),
      ("a\nb {{name\n c", 2, "the tag is not closed", "Write }} behind it."),
      (
        "\n{{> footer}}", 2, "it asks for another template, and a template stands alone",
        "Put the other template's text in its place."
      ),
      (
        String(repeating: "{{#a}}\n", count: 65), 65, "more than 64 sections stand in each other",
        "Close those that are done with."
      ),
    ])
  func mistakes(template: String, line: Int, message: String, remedy: String) {
    #expect(
      throws: Problem(
        "template", at: Place(file: "Mappings/order.mustache", line: line), message,
        remedy: remedy)
    ) { try Self.render(template) }
  }

  @Test(
    "what only mustache itself finds has its line too",
    arguments: [
      ("a\n{{na me}}", 2, "a tag holds what no name does, or is not closed"),
      ("a\n\n{{naïve}}", 3, "a tag holds what no name does, or is not closed"),
      (
        "{{% CONTENT_TYPE:XML}}", 1,
        "the only pragma is {{% CONTENT_TYPE:TEXT}} or {{% CONTENT_TYPE:HTML}}"
      ),
      ("{{=<%=}}", 1, "the tag that changes the delimiters is no such tag"),
    ] as [(String, Int, String)])
  func compiler(template: String, line: Int, message: String) {
    let problem = #expect(throws: Problem.self) { try Self.render(template) }
    #expect(problem?.place.line == line)
    #expect(problem?.message == message)
  }

  @Test("no template and no order brings it down")
  func anything() {
    let pieces = [
      "{{", "}}", "{{{", "}}}", "{{#a}}", "{{/a}}", "{{^a}}", "{{$a}}", "{{<a}}", "{{>a}}", "{{!",
      "{{=", "=}}", "<%", "%>", "{{%", "CONTENT_TYPE:TEXT", "a", ".", "a.b", "(", ")", "\n", "\r\n",
      " ", "{{.}}", "{{reversed(a)}}", "{{minusone(a)}}", "é", "\u{0}",
    ]
    let bodies = ["{\"a\":[1,[2],{\"b\":null}]}", "{\"a\":{\"b\":[]}}", "{\"a\":-7}", "[]", "{}"]
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<3000 {
      let count = Int.random(in: 0...14, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      for body in bodies {
        do { _ = try Self.render(text, body) } catch { #expect(error is Problem) }
      }
    }
  }
}

import OutboxFiles
import Records
import Testing

@Suite struct CSVTextTests {
  private static func sheet(_ cells: [[String]], freeText: Bool = false) -> OrderSheet {
    let names = ["ORDERNO", "NOTE"].prefix(cells.first?.count ?? 0)
    return OrderSheet(
      path: [], columns: [names.map { .init($0, isFreeText: freeText && $0 == "NOTE") }],
      lines: cells.map { .init(cells: $0) })
  }

  private static func text(_ csv: CSVText, _ sheet: OrderSheet) -> String {
    String(decoding: csv.text(of: sheet).bytes, as: UTF8.self)
  }

  @Test(
    "a whole file in each dialect",
    arguments: [
      (CSVText(), "ORDERNO,NOTE\nA1,no chili\n\"B;\"\"2\",\"a,\nb\"\n,\" \"\n"),
      (
        CSVText(delimiter: 0x3B, newline: .crlf),
        "ORDERNO;NOTE\r\nA1;no chili\r\n\"B;\"\"2\";\"a,\nb\"\r\n;\" \"\r\n"
      ),
      (
        CSVText(delimiter: 0x09, quotes: .all, newline: .cr, hasHeader: false),
        "\"A1\"\t\"no chili\"\r\"B;\"\"2\"\t\"a,\nb\"\r\"\"\t\" \"\r"
      ),
      (CSVText(quotes: .none), "ORDERNO,NOTE\nA1,no chili\nB;\"2,a  b\n, \n"),
    ])
  func dialects(csv: CSVText, expected: String) {
    let sheet = Self.sheet([["A1", "no chili"], ["B;\"2", "a,\nb"], ["", " "]])
    #expect(Self.text(csv, sheet).utf8.elementsEqual(expected.utf8))
  }

  @Test("without quotes, what would break a line is replaced and told")
  func replaced() {
    let text = CSVText(quotes: .none).text(of: Self.sheet([["a,b", "c\r\nd,e"]]))
    #expect(text.replaced == [",", "\r", "\n"])
    #expect(text.replacedCount == 4)
    #expect(
      text.flag
        == OrderFlag(
          "characters-replaced",
          "4 characters that CSV without quotes cannot hold were replaced in the file"))
    #expect(CSVText().text(of: Self.sheet([["a,b", "c"]])).flag == nil)
  }

  @Test(
    "people's text that a spreadsheet would run gets an apostrophe",
    arguments: [
      ("=1+1", "'=1+1"), ("+65 9123", "'+65 9123"), ("-2", "'-2"), ("@SUM(A1)", "'@SUM(A1)"),
      ("\tx", "'\tx"), ("\r=1", "\"'\r=1\""), ("\n=1", "\"'\n=1\""), ("＝1", "'＝1"),
      ("＋辣", "'＋辣"), ("－", "'－"), ("＠", "'＠"), ("a=1", "a=1"), ("", ""), ("'=1", "'=1"),
      ("=\"x\",1", "\"'=\"\"x\"\",1\""), ("=\u{301}x", "'=\u{301}x"),
    ])
  func formulas(note: String, cell: String) {
    let bare = CSVText(hasHeader: false)
    let written = Self.text(bare, Self.sheet([["A1", note]], freeText: true))
    #expect(written.utf8.elementsEqual("A1,\(cell)\n".utf8))
  }

  @Test("phones, numbers and ids keep theirs", arguments: ["+6591234567", "-1", "=x", "@a"])
  func numbers(text: String) {
    let bare = CSVText(hasHeader: false)
    #expect(Self.text(bare, Self.sheet([[text, text]])) == "\(text),\(text)\n")
    #expect(Self.text(bare, Self.sheet([[text, ""]], freeText: true)) == "\(text),\n")
  }

  @Test(
    "what nobody knows is people's text, unless it looks like a number or a phone's",
    arguments: [
      ("=HYPERLINK(1)", "'=HYPERLINK(1)"), ("+x", "'+x"), ("-", "'-"), ("@a", "'@a"),
      ("=1", "'=1"), ("-1+x", "'-1+x"), ("+65 (9)123-45.67", "+65 (9)123-45.67"), ("-1.5", "-1.5"),
      ("-1,5", "-1,5"), ("12A", "12A"), ("+-", "'+-"),
    ])
  func unknown(text: String, cell: String) {
    let csv = CSVText(delimiter: 0x3B, hasHeader: false)
    let sheet = OrderSheet(
      path: [], columns: [[.init("TABLE", isUnknown: true)]], lines: [.init(cells: [text])])
    #expect(Self.text(csv, sheet) == "\(cell)\n")
  }

  @Test("each kind of line has its header, and equal ones come once")
  func kinds() {
    let sheet = OrderSheet(
      path: [],
      columns: [
        [.init("H"), .init("ORDER")], [.init("L"), .init("CODE")], [.init("L"), .init("CODE")],
      ],
      lines: [
        .init(kind: 0, cells: ["H", "A1"]), .init(kind: 1, cells: ["L", "7"]),
        .init(kind: 2, cells: ["L", "8"]), .init(kind: 1, cells: ["L", "9"]),
      ])
    #expect(Self.text(CSVText(), sheet) == "H,ORDER\nH,A1\nL,CODE\nL,7\nL,8\nL,9\n")
    #expect(Self.text(CSVText(hasHeader: false), sheet) == "H,A1\nL,7\nL,8\nL,9\n")
  }

  @Test("an order without lines has a header, and odd sheets do no harm")
  func odd() {
    let empty = OrderSheet(path: [], columns: [[.init("A"), .init("B")]])
    #expect(Self.text(CSVText(), empty) == "A,B\n")
    #expect(Self.text(CSVText(), OrderSheet(path: [])) == "")
    let odd = OrderSheet(
      path: [], lines: [.init(kind: 5, cells: ["x"]), .init(kind: -1, cells: [])])
    #expect(Self.text(CSVText(), odd) == "x\n\n")
  }
}

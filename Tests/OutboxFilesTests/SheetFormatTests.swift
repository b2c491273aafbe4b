import JSON
import OutboxFiles
import Records
import Testing

/// Whole files, compared as bytes.
@Suite struct SheetFormatTests {
  private static let sheet = OrderSheet(
    path: [],
    columns: [[.init("ORDERNO"), .init("NAME", isFreeText: true), .init("PHONE")]],
    lines: [
      .init(cells: ["R-1", "Käse; \"extra\"", "+6591"]), .init(cells: ["R-1", "=辣€", "+6591"]),
    ],
    json: Array("{\"n\": \"é\"}".utf8))

  private static func bytes(_ format: SheetFormat) throws -> EncodedText {
    let document = JSONDocument()
    try Bytes.withBytes(of: "{\"id\": \"ä\\u0007\"}") { try document.parse($0) }
    return format.bytes(of: sheet, order: document.root)
  }

  private static let csv = CSVText(delimiter: UInt8(ascii: ";"), newline: .crlf)

  @Test(
    "a CSV file in each encoding",
    arguments: [
      ("utf-8", "K\u{C3}\u{A4}se", "'=\u{E8}\u{BE}\u{A3}\u{E2}\u{82}\u{AC}", 0),
      ("windows-1252", "K\u{E4}se", "'=?\u{80}", 1), ("iso-8859-1", "K\u{E4}se", "'=??", 2),
      ("gbk", "K?se", "'=\u{C0}\u{B1}\u{80}", 1), ("shift_jis", "K?se", "'=\u{E7}\u{85}?", 2),
      ("big5", "K?se", "'=\u{BB}\u{B6}\u{A3}\u{E1}", 1),
    ])
  func csv(encoding: String, name: String, note: String, replaced: Int) throws {
    let file = try Self.bytes(
      SheetFormat(.csv(Self.csv), encoding: OutputEncoding(stated: encoding)))
    let expected =
      "ORDERNO;NAME;PHONE\r\nR-1;\"\(name); \"\"extra\"\"\";+6591\r\nR-1;\(note);+6591\r\n"
    #expect(file.bytes == expected.unicodeScalars.map { UInt8($0.value) })
    #expect(file.replacedCount == replaced)
  }

  @Test("a wide encoding has wide line ends")
  func wide() throws {
    let csv = CSVText(newline: .crlf, hasHeader: false)
    let sheet = OrderSheet(path: [], lines: [.init(cells: ["a", "b"])])
    let format = SheetFormat(.csv(csv), encoding: try OutputEncoding(stated: "utf-16le"))
    #expect(
      format.bytes(of: sheet, order: JSONDocument().root).bytes
        == [0x61, 0, 0x2C, 0, 0x62, 0, 0x0D, 0, 0x0A, 0])
  }

  @Test("JSON is the mapping's own text")
  func json() throws {
    #expect(try Self.bytes(SheetFormat(.json)).bytes == Array("{\"n\": \"é\"}".utf8))
  }

  @Test("a template has the newline that is asked for, and all that was replaced is told")
  func template() throws {
    let template = try MustacheText("<o id=\"{{id}}\">辣</o>\n", file: "x.mustache")
    let encoding = try OutputEncoding(stated: "windows-1252")
    let file = try Self.bytes(SheetFormat(.template(template, .crlf), encoding: encoding))
    #expect(file.bytes == [UInt8]("<o id=\"".utf8) + [0xE4] + [UInt8]("?\">?</o>\r\n".utf8))
    #expect(file.replaced == ["辣", "\u{7}"])
    #expect(
      file.flag?.message
        == "2 characters that a template's output in windows-1252 cannot hold were replaced in the "
        + "file")
  }
}

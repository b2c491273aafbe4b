import ExportReading
import Records
import Testing

/// UTF-8 under another statement, and what only looks like it.
@Suite struct MistakenEncodingTests {
  private static let remedy = "Write `encoding: utf-8` in the mapping's `format`; read as "

  @Test(
    "a UTF-8 file is refused where another encoding is stated",
    arguments: [
      ("Café", "windows-1252"), ("Café", "iso-8859-1"), ("Żółć, gęś", "iso-8859-2"),
      ("£ 5", "ansi"), ("5 €", "windows-1252"), ("it’s", "windows-1252"), ("Борщ", "windows-1251"),
      ("海南鸡饭", "iso-8859-1"), ("Борщ, Пельмени, Сырники, Чай с вареньем", "gbk"),
    ])
  func refuses(name: String, stated: String) throws {
    let problem = try Export("id,name\n1,\(name)\n").refusal(FormatStatement(encoding: stated))
    #expect(
      problem?.description == """
        menu.csv: the file is UTF-8, although \(stated) is stated. \(Self.remedy)\(stated) the \
        file's names would be garbled.
        """)
  }

  @Test(
    "what is right in the stated encoding is read, though it might be UTF-8",
    arguments: [
      ("RENÉ’S", "windows-1252", [0x52, 0x45, 0x4E, 0xC9, 0x92, 0x53]),
      ("PÓŁ", "windows-1250", [0x50, 0xD3, 0xA3]),
      ("แกง", "windows-874", [0xE1, 0xA1, 0xA7]),
      ("茅台", "gbk", [0xC3, 0xA9, 0xCC, 0xA8]),
      ("Café Ã©", "windows-1252", [0x43, 0x61, 0x66, 0xE9, 0x20, 0xC3, 0xA9]),
      ("Tea", "windows-1252", [0x54, 0x65, 0x61]),
    ] as [(String, String, [UInt8])])
  func reads(name: String, stated: String, bytes: [UInt8]) throws {
    let export = try Export(
      [UInt8]("id,name\n1,".utf8) + bytes + [UInt8]("\n2,".utf8) + bytes + [UInt8]("\n".utf8))
    #expect(
      try export.table(FormatStatement(encoding: stated)).rows == [["1", name], ["2", name]])
  }

  @Test("a sign deep in the file is found, and one that two blocks share")
  func deep() throws {
    let rows = String(repeating: "1,Tea\n", count: 10_921)
    for padding in 0..<8 {
      let text = "id,name\n" + rows + String(repeating: "x", count: padding) + "é,y\n"
      let problem = try Export(text).refusal(FormatStatement(encoding: "windows-1252"))
      #expect(problem?.message == "the file is UTF-8, although windows-1252 is stated")
    }
  }
}

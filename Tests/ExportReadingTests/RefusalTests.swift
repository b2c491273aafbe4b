import ExportReading
import Records
import Testing

/// Files that are refused as a whole, each with a sentence.
@Suite struct RefusalTests {
  @Test(
    "what is no text is recognised by its beginning",
    arguments: [
      ([0x50, 0x4B, 3, 4, 20, 0], "a ZIP archive or an Excel workbook (.xlsx)"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1], "an old Excel workbook (.xls)"),
      (Array("%PDF-1.7\n".utf8), "a PDF document"),
      ([0x1F, 0x8B, 8, 0], "a gzip archive"),
      ([0x89, 0x50, 0x4E, 0x47, 0x0D], "an image"),
      ([0xFF, 0xD8, 0xFF, 0xE0], "an image"),
      (Array("<!DOCTYPE html><html>".utf8), "a web page"),
      (Array("<?xml version=\"1.0\"?>".utf8), "an XML document"),
    ] as [([UInt8], String)])
  func kinds(_ beginning: [UInt8], _ kind: String) throws {
    let problem = try #require(try Export(beginning).refusal())
    #expect(problem.message == "this is \(kind), not a text export")
    #expect(problem.code == "no-text")
    #expect(!problem.remedy.isEmpty)
  }

  @Test("a workbook's remedy is to save it as CSV")
  func workbook() throws {
    #expect(
      try Export([0x50, 0x4B, 3, 4]).refusal()?.remedy == """
        If it is a workbook, save it as CSV in Excel; if it is an archive, unpack it.
        """)
  }

  @Test("a zero byte deep in a file makes it no text")
  func zero() throws {
    let rows = String(repeating: "1,2\n", count: 100_000)
    let export = try Export([UInt8]("a,b\n".utf8) + rows.utf8 + [0x31, 0, 0x0A])
    #expect(
      export.refusal()?.description == """
        menu.csv, line 100002: this is not a text file: it holds a zero byte at offset 400005 \
        (found: "0x00"). Export it from the POS again, as text. If it is UTF-16 without a byte \
        order mark, write `encoding: utf-16le` in the mapping's `format`.
        """)
  }

  @Test(
    "a file without any text is refused",
    arguments: [
      ("", "the file is empty"), ("\u{FEFF}", "the file is empty"),
      ("\n\r\n", "the file holds nothing but blank lines"),
      ("   \n", "the file holds nothing but blank lines"),
      (",,,\n,,,\n", "the file holds nothing but blank lines"),
      ("\u{1A}", "the file holds nothing but blank lines"),
    ])
  func empty(_ text: String, _ message: String) throws {
    #expect(
      try Export(text).refusal()?.description == """
        menu.csv: \(message). Export it again; the disk may have been full.
        """)
  }

  @Test("JSON in place of a table is recognised", arguments: ["{\"a\": 1}", " [\n {}]", "[]"])
  func json(_ text: String) throws {
    #expect(
      try Export(text).refusal()?.description == """
        menu.csv: this looks like JSON, not like a table. Write `format: json` in the mapping.
        """)
  }

  @Test("a quote that never closes names the line on which it opens")
  func unclosed() throws {
    let export = try Export("id,name\n1,\"a\nb\"\n2,\"Laksa\n3,Tea\n")
    #expect(
      export.refusal()?.description == """
        menu.csv, line 4: a quote opens a cell here and is never closed. The file was probably \
        cut off: export it again. If its cells are not enclosed in quotes at all, write \
        `quote: none` in the mapping's `format`.
        """)
    let table = try export.table(FormatStatement(quote: CSVDialect.noQuote))
    #expect(table.rows == [["1", "\"a"], ["b\""], ["2", "\"Laksa"], ["3", "Tea"]])
  }

  @Test("a file that ends right behind an opening quote is cut off there")
  func cutAtQuote() throws {
    #expect(try Export("id,name\n1,\"").refusal()?.code == "unclosed-quote")
  }

  @Test("a stated last line that is missing means that the file is not whole")
  func lastLine() throws {
    let export = try Export("id,name\n1,Tea\n2,Lak")
    #expect(
      export.refusal(FormatStatement(lastLine: "EOF*"))?.description == """
        menu.csv: the last line is not "EOF*", as the mapping says it must be (found: "2,Lak"). \
        The file is probably not whole: export it again, or correct `lastLine`.
        """)
  }

  @Test("lines that are left out may not be the whole file")
  func skippedAll() throws {
    #expect(try Export("a\nb\n").refusal(FormatStatement(skipLines: 2))?.code == "nothing-left")
  }

  @Test("a header that goes on forever is refused")
  func endlessHeader() throws {
    let export = try Export(String(repeating: "x,", count: 200_000) + "\n1,2\n")
    #expect(export.refusal()?.code == "no-header")
  }
}

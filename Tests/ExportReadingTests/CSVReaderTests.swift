import ExportReading
import Records
import Testing

@Suite struct CSVReaderTests {
  /// Sizes that put the end of a block at every place of a small file, and one that holds it all.
  static let blockSizes = Array(1...40) + [63, 64, 65, 127, 128, 129, 1 << 20]

  @Test(
    "quirks of real files",
    arguments: [
      ("quoted delimiters, breaks and quotes", #"1,"a,b","c""d""#, [["1", "a,b", "c\"d"]]),
      ("a line feed in a cell", "1,\"a\nb\",2", [["1", "a\nb", "2"]]),
      ("a bare return in a cell", "1,\"a\rb\",2", [["1", "a\rb", "2"]]),
      ("a pair in a cell", "1,\"a\r\nb\",2", [["1", "a\r\nb", "2"]]),
      ("empty quoted cells", "\"\",\"\",\"x\"", [["", "", "x"]]),
      ("only quotes in quotes", "\"\"\"\",\"\"\"\"\"\",x", [["\"", "\"\"", "x"]]),
      (
        "quotes inside of a plain cell", "12\" pan,5'8\"\"tall,x",
        [["12\" pan", "5'8\"\"tall", "x"]]
      ),
      ("white space behind a closing quote", "\"a\" ,\"b\"\t,\"c\"  ", [["a", "b", "c"]]),
      ("rows with fewer cells", "1\n1,2\n1,2,3", [["1"], ["1", "2"], ["1", "2", "3"]]),
      ("surplus empty cells", "1,2,3,,", [["1", "2", "3", "", ""]]),
      ("an empty last cell", "1,2,", [["1", "2", ""]]),
      ("an empty first cell", ",2,3", [["", "2", "3"]]),
      (
        "every line break", "1,2,3\n4,5,6\r7,8,9\r\na,b,c",
        [
          ["1", "2", "3"], ["4", "5", "6"], ["7", "8", "9"], ["a", "b", "c"],
        ]
      ),
      ("blank lines", "1,2,3\n\n\r\n   \n,,\n4,5,6\n\n", [["1", "2", "3"], ["4", "5", "6"]]),
      ("a control-Z at the end", "1,2,3\r\n\u{1A}", [["1", "2", "3"]]),
      ("text of every script", "ラーメン,拉面,Café ☕", [["ラーメン", "拉面", "Café ☕"]]),
    ] as [(String, String, [[String]])])
  func quirks(_ name: String, _ body: String, _ rows: [[String]]) throws {
    for lineEnd in ["", "\n", "\r\n", "\r"] {
      let export = try Export("a,b,c\n" + body + lineEnd)
      for blockSize in Self.blockSizes {
        let table = try export.table(FormatStatement(delimiter: 0x2C), blockSize: blockSize)
        #expect(table.rows == rows, "\(name), blocks of \(blockSize)")
        #expect(table.records == Array(1...rows.count))
      }
    }
  }

  @Test("lines are those of the file", arguments: ["\n", "\r", "\r\n"])
  func lines(_ end: String) throws {
    let text = ["a,b", "1,\"x", "", "y\"", "", "2,z", "\"3", "\",\"", "\"", "4,w"]
      .joined(separator: end)
    let export = try Export(text)
    for blockSize in Self.blockSizes {
      let table = try export.table(blockSize: blockSize)
      #expect(table.lines == [2, 6, 7, 10], "blocks of \(blockSize)")
    }
  }

  @Test("cells of 32 KB, with and without quotes, go over blocks")
  func longCells() throws {
    let html = String(repeating: "<b>\"\"Tea\"\", hot</b>\n", count: 1_700)
    let plain = String(repeating: "x", count: 32 << 10)
    let text = "id,html,note\n" + "1,\"\(html)\",\(plain)\n" + "2,\(plain),\"\(plain)\"\n3,a,b\n"
    let export = try Export(text)
    for blockSize in [100, 4096, 40_000, 1 << 20] {
      let table = try export.table(blockSize: blockSize)
      let read = html.replacing("\"\"", with: "\"")
      #expect(table.rows == [["1", read, plain], ["2", plain, plain], ["3", "a", "b"]])
      #expect(table.lines == [2, 1_703, 1_704])
    }
  }

  @Test("a record may be as long as 16 MiB")
  func longRecord() throws {
    let cell = String(repeating: "x", count: (16 << 20) - 100)
    let table = try Export("a,b\n1,\"\(cell)\"\n2,c\n").table()
    #expect(table.rows.map(\.count) == [2, 2])
    #expect(table.rows[0][1].utf8.count == cell.utf8.count)
  }

  @Test("more columns than there is room for at first")
  func manyColumns() throws {
    let header = (1...500).map { "Price [\($0)]" }
    let row = (1...500).map(String.init)
    let text = header.joined(separator: ",") + "\n" + row.joined(separator: ",") + "\n"
    let table = try Export(text).table(blockSize: 333)
    #expect(table.header == header)
    #expect(table.rows == [row])
  }

  @Test("a row that is too short reads as empty")
  func shortRow() throws {
    let export = try Export("a,b,c\n1\n")
    let reader = try CSVReader(path: export.path, name: "x", layout: try export.survey().layout)
    let row = try #require(try reader.next())
    #expect(row.count == 1)
    #expect(row[0] == "1")
    #expect(row[2].isEmpty)
    #expect(try reader.next() == nil)
    #expect(try reader.next() == nil)
    #expect(reader.bytesRead == 8)
  }

  @Test("more cells than headers are a fault only where they hold something")
  func surplus() throws {
    let table = try Export("id,name,price\n1,Tea, hot,2.50\n2,Tea,2.50,, \n").table()
    #expect(
      table.faults == [
        """
        menu.csv, line 2, record 1: the record has 4 cells, the header 3 (found: "2.50"). \
        Probably a cell before this value holds a comma without being enclosed in quotes.
        """
      ])
  }

  @Test("text behind a closing quote is a fault, and the cell stays as it stands")
  func textAfterQuote() throws {
    let table = try Export("id,name\n1,\"The \"best\" tea\"\n2,\"Milk\"\n").table()
    #expect(table.rows == [["1", "\"The \"best\" tea\""], ["2", "Milk"]])
    #expect(
      table.faults == [
        """
        menu.csv, line 2, record 1, "name": the cell goes on behind its closing quote \
        (found: "\"The \"best\" tea\""). Quotes inside a quoted cell must be doubled. If the \
        file's cells are not enclosed in quotes at all, write `quote: none` in the mapping's \
        `format`.
        """
      ])
  }

  @Test("a file that ends inside of its last record is cut off there")
  func cutOff() throws {
    let text = "id,name,price\n1,Tea,2.50\n2,Mil"
    #expect(
      try Export(text).table().faults == [
        """
        menu.csv, line 3, record 2: the file ends inside this record, after 2 of 3 cells \
        (found: "Mil"). The file was probably not written to its end: export it again.
        """
      ])
    #expect(try Export(text + "\n").table().faults == [])
    #expect(try Export(text + "k,3").table().faults == [])
  }

  @Test("a file that lost its end after the survey throws instead of ending quietly")
  func changed() throws {
    let export = try Export("id,name\n1,\"Tea\"\n")
    let survey = try export.survey()
    let cut = try Export("id,name\n1,\"Te")
    let reader = try CSVReader(path: cut.path, name: "x", layout: survey.layout)
    #expect(throws: Problem.self) { try reader.next() }
  }
}

import ExportReading
import Records
import Testing

/// Where the header stands, and what it holds.
@Suite struct HeaderTests {
  @Test("titles and blank lines above the header are left out, and said so")
  func titles() throws {
    let text = "Menu export\r\nPrinted 31.01.2026, 12:00\r\n\r\nSKU;Name;Price\r\n1;Tea;2,50\r\n"
    let table = try Export(text).table()
    #expect(table.header == ["SKU", "Name", "Price"])
    #expect(table.rows == [["1", "Tea", "2,50"]])
    #expect(table.lines == [5])
    #expect(table.survey.headerLine == 4)
    #expect(table.survey.records == 1)
    #expect(table.survey.notes == ["The header is on line 4; what stands above it is left out."])
  }

  @Test("a title that a spreadsheet has filled up with delimiters is no header")
  func paddedTitle() throws {
    let table = try Export("Menu,,,\n,,,\nSKU,Name,Price,\n1,Tea,2.50,\n").table()
    #expect(table.header == ["SKU", "Name", "Price", ""])
    #expect(table.lines == [4])
  }

  @Test("a header that is narrower than its rows is found before them")
  func narrow() throws {
    let rows = String(repeating: "1,Tea,2.50,Y,\n", count: 5)
    let table = try Export("SKU,Name,Price,Sold\n" + rows).table()
    #expect(table.header == ["SKU", "Name", "Price", "Sold"])
    #expect(table.rows.count == 5)
    #expect(table.faults == [])
  }

  @Test("a header with an unnamed column, twice the same name and doubled quotes is kept")
  func odd() throws {
    let text = #","Price [Main]",Name,Name,"Modifier - ""Milk""","# + "\n1,2,3,4,5,6\n"
    let table = try Export(text).table()
    #expect(table.header == ["", "Price [Main]", "Name", "Name", "Modifier - \"Milk\"", ""])
    #expect(table.rows == [["1", "2", "3", "4", "5", "6"]])
  }

  @Test("headers are trimmed, cells are not")
  func trimmed() throws {
    let table = try Export(" SKU , \"Name\"\n 1 , Tea \n").table()
    #expect(table.header == ["SKU", "\"Name\""])
    #expect(table.rows == [[" 1 ", " Tea "]])
  }

  @Test("a header cell may go over lines")
  func multiline() throws {
    let table = try Export("SKU,\"Price\r\n(net)\",Name\r\n1,2,3\r\n").table()
    #expect(table.header == ["SKU", "Price (net)", "Name"])
    #expect(table.lines == [3])
  }

  @Test("the record that holds most of the wanted headers is the header")
  func wanted() throws {
    let text = "Shop,Main,x\nDate,2026,y\nSKU,Price [Main],Name\n1,2,3\n"
    let statement = FormatStatement(wantedHeaders: [["Price [*]"], ["sku"], ["Missing"]])
    #expect(try Export(text).table(statement).header == ["SKU", "Price [Main]", "Name"])
  }

  @Test("wanted headers that are nowhere change nothing")
  func unwanted() throws {
    let statement = FormatStatement(wantedHeaders: [["Artikel"], ["Preis"]])
    #expect(try Export("SKU,Name\n1,Tea\n").table(statement).header == ["SKU", "Name"])
  }

  @Test("stated lines are left out, whatever stands there", arguments: ["\n", "\r", "\r\n"])
  func skipped(_ lineBreak: String) throws {
    let lines = ["\"broken, title", "x", "SKU,Name", "1,Tea", "2,Milk"]
    let text = lines.joined(separator: lineBreak)
    let table = try Export(text).table(FormatStatement(skipLines: 2))
    #expect(table.header == ["SKU", "Name"])
    #expect(table.rows == [["1", "Tea"], ["2", "Milk"]])
    #expect(table.lines == [4, 5])
    #expect(table.survey.lines == 5)
  }

  @Test("without a header the columns are numbered")
  func none() throws {
    let table = try Export("1,Tea,2.50\n2,Milk,3.50\n").table(FormatStatement(hasHeader: false))
    #expect(table.header == ["1", "2", "3"])
    #expect(table.rows == [["1", "Tea", "2.50"], ["2", "Milk", "3.50"]])
    #expect(table.lines == [1, 2])
    #expect(table.survey.headerLine == nil)
    #expect(table.survey.records == 2)
  }

  @Test("a file with nothing but a header has no records")
  func headerOnly() throws {
    let table = try Export("SKU,Name,Price\r\n").table()
    #expect(table.header == ["SKU", "Name", "Price"])
    #expect(table.rows == [])
    #expect(table.survey.records == 0)
    #expect(table.survey.notes == ["No record stands below the header."])
  }

  @Test("a stated last line is checked and is no record")
  func lastLine() throws {
    let text = "SKU;Name\n1;Tea\n2;Milk\nEOF;2\n\n"
    let table = try Export(text).table(FormatStatement(lastLine: "EOF;*"))
    #expect(table.rows == [["1", "Tea"], ["2", "Milk"]])
    #expect(table.faults == [])
    #expect(table.survey.records == 2)
  }

  @Test("lines are counted as an editor shows them, records without the lines above them")
  func counts() throws {
    let survey = try Export("Title\n\nSKU,Name\n1,\"a\nb\"\n2,c").survey()
    #expect(survey.lines == 6)
    #expect(survey.records == 2)
    #expect(survey.size == 27)
  }
}

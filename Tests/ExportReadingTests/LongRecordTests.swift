import ExportReading
import Records
import Testing

/// Records above 16 MiB, which no memory is spent on.
@Suite struct LongRecordTests {
  private static let long = String(repeating: "x", count: 17 << 20)
  private static let cut = String(repeating: "x", count: 4096)

  private static func fault(_ line: Int, _ record: Int) -> String {
    "menu.csv, line \(line), record \(record): the record is longer than 16 MiB, the most that is "
      + "read. Shorten its text in the POS and export again."
  }

  @Test(
    "one of a single line is a bad row whose long cells are cut, and the rest is read",
    arguments: ["", "\""], ["\n", "\r\n", "\r"])
  func oneLine(_ quote: String, _ end: String) throws {
    let cell = quote + Self.long + quote
    let lines = ["id,name,price", "1,Tea,2", "2,\(cell),3", "\"4\",\"a \"\"b\"\"\",5", ""]
    let table = try Export(lines.joined(separator: end)).table()
    #expect(table.rows == [["1", "Tea", "2"], ["2", Self.cut, "3"], ["4", "a \"b\"", "5"]])
    #expect(table.lines == [2, 3, 4])
    #expect(table.records == [1, 2, 3])
    #expect(table.faults == [Self.fault(3, 2)])
    #expect(table.survey.records == 3)
  }

  @Test("it may be the last one, without a line break, and may hold quotes and delimiters")
  func last() throws {
    let table = try Export("id,name\n1,Tea\n2,\"\"\"a\"\", b\(Self.long)\"").table()
    #expect(table.rows == [["1", "Tea"], ["2", String("\"a\", b\(Self.cut)".prefix(4096))]])
    #expect(table.faults == [Self.fault(3, 2)])
  }

  @Test("two after each other, and one that is nothing but delimiters")
  func several() throws {
    let commas = String(repeating: ",", count: 17 << 20)
    let table = try Export("id,name\n1,\(Self.long)\n2,\(commas)\n3,Tea\n").table()
    #expect(table.rows.map(\.first) == ["1", "2", "3"])
    #expect(table.rows[1].count == 4096)
    #expect(table.faults == [Self.fault(2, 1), Self.fault(3, 2)])
  }

  @Test("one of several lines refuses the file: with wrong quotes it may hold other records")
  func severalLines() throws {
    let text = String(repeating: String(repeating: "x", count: 1023) + "\n", count: 17 << 10)
    let export = try Export("id,name\n1,Tea\n2,\"\(text)\"\n3,Kopi\n")
    let problem = #expect(throws: Problem.self) { try export.table() }
    #expect(
      problem?.description == """
        menu.csv, line 3: the record that begins here is longer than 16 MiB, and goes over several \
        lines. Check that its quotes are closed: other records may have become a part of it.
        """)
  }

  @Test("a quote that never closes refuses the file, however much comes after it")
  func unclosed() throws {
    let problem = try Export("id,name\n1,Tea\n2,\"\(Self.long)\n").refusal()
    #expect(problem?.code == "unclosed-quote")
    #expect(problem?.place.line == 3)
  }
}

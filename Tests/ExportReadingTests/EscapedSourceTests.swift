import ExportReading
import Testing

@Suite("A file with a sign before quotes")
struct EscapedSourceTests {
  private static let statement = FormatStatement(encoding: "utf-8", escape: 0x5C)

  @Test("is read to its end, however large it is", arguments: [0, 1, 2])
  func large(signs: Int) throws {
    let signs = String(repeating: "\\\"", count: signs)
    let rows = (1...12_000).map { "\($0),\"Tea of the whole long day\",1.50" }
    let export = try Export(
      "id,name,price\n0,\"a\(signs)\",1\n" + rows.joined(separator: "\n") + "\n")
    let table = try export.table(Self.statement, blockSize: 256 << 10)
    #expect(table.survey.records == 12_001)
    #expect(table.rows.count == 12_001)
    #expect(table.rows.last == ["12000", "Tea of the whole long day", "1.50"])
    #expect(table.faults == [])
  }

  @Test(
    "is the same in blocks of every size",
    arguments: [
      (#"1,"a \"b\" c",2"#, [["1", #"a "b" c"#, "2"]]),
      (#"1,"a\\",2"#, [["1", #"a\"#, "2"]]),
      (#"1,a\tb\,2"#, [["1", #"a\tb\"#, "2"]]),
      (#"1,2,\"#, [["1", "2", #"\"#]]),
    ])
  func blocks(body: String, rows: [[String]]) throws {
    let export = try Export("a,b,c\n" + body)
    for blockSize in CSVReaderTests.blockSizes {
      let table = try export.table(Self.statement, blockSize: blockSize)
      #expect(table.rows == rows, "blocks of \(blockSize)")
    }
  }
}

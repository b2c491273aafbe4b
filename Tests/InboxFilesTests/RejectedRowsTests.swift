import DurableFiles
import InboxFiles
import Records
import Testing

@Suite struct RejectedRowsTests {
  private let problem = Problem(
    "not-an-amount", at: Place(file: "f", line: 2, record: 1, field: "Price"), value: "x",
    "it is no amount", remedy: "Write a number.")

  private func add(_ cells: [String], to rows: RejectedRows, _ problems: [Problem]) {
    var bytes: [UInt8] = []
    var places: [Row.Cell] = []
    for cell in cells {
      places.append(.init(offset: UInt32(bytes.count), count: UInt32(cell.utf8.count)))
      bytes += Array(cell.utf8)
    }
    bytes.append(0)
    bytes.withUnsafeBufferPointer { base in
      places.withUnsafeBufferPointer { cells in
        guard let start = base.baseAddress, let first = cells.baseAddress else { return }
        let row = Row(base: start, cells: first, count: cells.count, line: 2, record: 1)
        rows.add(row, problems)
      }
    }
  }

  @Test("the row's own cells come first, as they were, then what is wrong")
  func table() {
    let rows = RejectedRows(header: ["Name", "Price"])
    add(["=Laksa \"hot\"", "x"], to: rows, [problem])
    add([" Rojak", "1,5", "more"], to: rows, [problem, problem])
    add(["Short"], to: rows, [Problem("short", "a cell is missing")])
    let told = "\"\"\"Price\"\": it is no amount (found: \"\"x\"\"). Write a number."
    #expect(
      rows.bytes.text == """
        \u{FEFF}Name,Price,line,record,column,code,message\r
        "=Laksa ""hot\""",x,2,1,Price,not-an-amount,\(told)"\r
        " Rojak","1,5",2,1,Price,not-an-amount,\(told) \(told.dropFirst())",more\r
        Short,,2,1,,short,a cell is missing.\r\n
        """)
  }

  @Test("the table has the export's own delimiter")
  func delimiter() {
    let rows = RejectedRows(header: ["Name", "Price"], delimiter: UInt8(ascii: ";"))
    add(["a;b", "1,5"], to: rows, [Problem("short", "a cell is missing")])
    #expect(
      rows.bytes.text == """
        \u{FEFF}Name;Price;line;record;column;code;message\r
        "a;b";1,5;2;1;;short;a cell is missing.\r\n
        """)
  }

  @Test("a table that is dropped in again and refused again does not grow")
  func again() {
    let header = ["Name", "line", "record", "column", "code", "message"]
    let rows = RejectedRows(header: header)
    add(
      ["Laksa", "9", "8", "Price", "old", "old message", "more"], to: rows,
      [
        Problem("new", "new message")
      ])
    #expect(
      rows.bytes.text == """
        \u{FEFF}Name,line,record,column,code,message\r
        Laksa,2,1,,new,new message.,more\r\n
        """)
  }

  @Test("records without cells have places and messages only")
  func records() {
    let rows = RejectedRows(header: [])
    rows.add(line: 7, record: 3, [problem, Problem("other", "b")])
    let told = "\"\"\"Price\"\": it is no amount (found: \"\"x\"\"). Write a number. b.\""
    #expect(
      rows.bytes.text == """
        \u{FEFF}line,record,column,code,message\r
        7,3,Price,not-an-amount; other,\(told)\r\n
        """)
  }

  @Test("only the first rows are kept, all are counted")
  func bounded() {
    let rows = RejectedRows(header: [])
    for line in 1...2500 { rows.add(line: line, record: line, [problem]) }
    #expect(rows.count == 2500)
    #expect(rows.shown == 1000)
    #expect(rows.bytes.text.split(separator: "\r\n").count == 1001)
  }

  @Test("huge cells end the table before memory does")
  func hugeCells() {
    let rows = RejectedRows(header: ["a"])
    let cell = String(repeating: "x", count: 5 << 20)
    for _ in 0..<10 { add([cell], to: rows, [problem]) }
    #expect(rows.shown == 4)
    #expect(rows.count == 10)
  }
}

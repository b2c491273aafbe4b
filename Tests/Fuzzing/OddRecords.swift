import JSON
import Records
import RowMapping
import YAML

/// Records for a mapping whose columns and fields are called as it wants them, with odd values.
struct OddRecords {
  private static let cells = [
    "1", "Tea", "12,50", "", "0", "-1", "1e400", "é麺☕", "TRUE", "2026-01-31", "=SUM(A1)", "a;b;c",
    "1.234,56 €", "31.12.2026 24:00", "\u{0}\u{1B}[2J", "99999999999999999999", "\"", "\\", "ß",
    "<b>x</b>&amp;&#9;", "e\u{301}", "\u{202E}abc", "PAID", "COMPLETED", "R-1", "demo", "  x  ",
    String(repeating: "long ", count: 60), "\u{FFFD}", "٣", "1/2", "0x10", "NaN", "-0.0", "--",
    "a\nb",
  ]

  let header: [String]
  let rows = RowStore()
  let json: [UInt8]

  /// - Parameter node: the mapping.
  init(_ node: YAMLNode, variant: Int) {
    var header = Self.texts(below: "columns", in: node)
    header.removeAll { $0.isEmpty || $0.utf8.count > 100 }
    if header.isEmpty { header = ["id", "name", "price", "order", "status"] }
    self.header = Array(header.prefix(40))
    let count = Self.cells.count
    for row in 0..<12 {
      // Every row has other values in its columns, and some have too few or too many cells.
      let width = self.header.count + (row == 5 ? -1 : row == 7 ? 1 : 0)
      let cells = (0..<max(width, 0)).map { column in
        Self.cells[(row * (7 + variant) + column * 5) % count]
      }
      rows.append(cells: cells, line: row + 2, record: row + 1)
    }
    json = Self.json(self.header, rows)
  }

  /// A list of the rows under every name that a mapping may look for, and the rows' own cells.
  private static func json(_ header: [String], _ rows: RowStore) -> [UInt8] {
    let output = ByteOutput()
    let elements = ByteOutput()
    for index in 0..<rows.count {
      elements.append(index == 0 ? "[" : ",")
      append(rows[index], header, index, to: elements)
    }
    elements.append(",7,null,[],{}]")
    output.append("{\"v\":1")
    for name in ["items", "menu", "data", "products", "orders", "events"] {
      output.append(",")
      output.appendJSON(string: name)
      output.append(":")
      output.append(elements.bytes)
    }
    output.append("}")
    return output.bytes.array
  }

  private static func append(_ row: Row, _ header: [String], _ index: Int, to output: ByteOutput) {
    var separator: StaticString = "{"
    for (column, name) in Set(header.flatMap { $0.split(separator: ".") }).sorted().enumerated() {
      output.append(separator)
      output.appendJSON(string: String(name))
      separator = ":"
      output.append(separator)
      separator = ","
      switch (column + index) % 9 {
      case 0: output.append("[{\"id\":\"1\",\"name\":\"x\"},{}, 3]")
      case 1: output.append("{\"id\":1.50,\"name\":null,\"value\":-1}")
      case 2: output.append("12.50")
      case 3: output.append("null")
      default: output.appendJSON(string: row[column % max(row.count, 1)])
      }
    }
    output.append(header.isEmpty ? "{}" : "}")
  }

  /// The texts below a key of the root.
  private static func texts(below key: String, in node: YAMLNode) -> [String] {
    guard case .mapping(let entries) = node.content else { return [] }
    return entries.filter { $0.key == key }.flatMap { texts(in: $0.value) }
  }

  private static func texts(in node: YAMLNode) -> [String] {
    switch node.content {
    case .scalar(let text, _): [text]
    case .list(let nodes): nodes.flatMap(texts)
    case .mapping(let entries): entries.flatMap { texts(in: $0.value) }
    }
  }
}

import Records

/// The rows of a mapping's test as a table with a header.
struct TestTable {
  let header: [String]
  let rows = RowStore()

  init(_ rows: [[(header: String, cell: String)]]) {
    var header: [String] = []
    for row in rows {
      for cell in row where !header.contains(cell.header) { header.append(cell.header) }
    }
    self.header = header
    for (index, row) in rows.enumerated() {
      let cells = header.map { name in row.first { $0.header == name }?.cell ?? "" }
      self.rows.append(cells: cells, line: index + 1, record: index + 1)
    }
  }

  /// Headers that no column reads although they look like one of theirs: typing mistakes.
  func strangers(to plan: RecordPlan) -> [Problem] {
    let headers = plan.columns.flatMap(\.headers)
    return header.compactMap { header in
      let isKnown = headers.contains { wanted in
        HeaderPattern(wanted).map { $0.match(header) != nil } ?? (wanted == header)
      }
      guard !isKnown, let near = nearest(to: header, among: headers) else { return nil }
      return Problem(
        "test-header", at: Place(file: plan.file.path), value: header,
        "a test's row has a column that the mapping does not read",
        remedy: "Did you mean \"\(near)\"?")
    }
  }
}

import JSON
package import Records
import YAML

/// Runs a mapping's tests through the very mapper that a run uses.
package struct MappingTestRun {
  private let mapping: ProductMapping
  private let stores: [String]

  package init(_ mapping: ProductMapping, stores: [String]) {
    self.mapping = mapping
    self.stores = stores
  }

  /// - Parameters:
  ///   - test: one of the mapping's tests.
  ///   - feed: gives the records of a JSON text or a file to the mapper.
  /// - Returns: what the rows made instead of what they should; nothing where all is right.
  package func problems(
    of test: MappingTest,
    feed: (MappingTest.Input, any ProductSink) throws(Problems) -> MappingOutcome
  ) -> [Problem] {
    let made = MadeProducts()
    do throws(Problems) {
      let outcome =
        if case .rows(let rows) = test.input {
          try map(rows, to: made)
        } else {
          try feed(test.input, made)
        }
      return outcome.problems.map { atTest($0, test) } + differences(made.products, test)
    } catch {
      return error.all
    }
  }

  private func atTest(_ problem: Problem, _ test: MappingTest) -> Problem {
    let record = Place(record: problem.place.record, field: problem.place.field).description
    return Problem(
      problem.code, at: test.place, value: problem.value,
      "the test's rows have a problem: \(record.isEmpty ? "" : "\(record): ")\(problem.message)",
      remedy: problem.remedy)
  }

  private func map(
    _ rows: [[(header: String, cell: String)]], to sink: any ProductSink
  ) throws(Problems) -> MappingOutcome {
    var header: [String] = []
    for row in rows {
      for cell in row where !header.contains(cell.header) { header.append(cell.header) }
    }
    let strangers = header.compactMap(stranger)
    guard strangers.isEmpty else { throw Problems(strangers) }
    let mapper = try ProductMapper(
      mapping, file: (name: "test", display: mapping.file.path), header: header, stores: stores,
      sink: sink, isLenient: true)
    let store = RowStore()
    for (index, row) in rows.enumerated() {
      let cells = header.map { name in row.first { $0.header == name }?.cell ?? "" }
      store.append(cells: cells, line: index + 1, record: index + 1)
    }
    do throws(Problem) {
      for index in rows.indices { try mapper.take(store[index]) }
      return try mapper.finish()
    } catch {
      throw Problems([error])
    }
  }

  /// A header that no column reads although it looks like one of theirs: a typing mistake.
  private func stranger(_ header: String) -> Problem? {
    let headers = mapping.columns.flatMap(\.headers)
    let isKnown = headers.contains { wanted in
      HeaderPattern(wanted).map { $0.match(header) != nil } ?? (wanted == header)
    }
    guard !isKnown, let near = nearest(to: header, among: headers) else { return nil }
    return Problem(
      "test-header", at: Place(file: mapping.file.path), value: header,
      "a test's row has a column that the mapping does not read",
      remedy: "Did you mean \"\(near)\"?")
  }

  private func differences(_ made: [[UInt8]], _ test: MappingTest) -> [Problem] {
    let document = JSONDocument()
    var problems: [Problem] = []
    for (index, wanted) in test.makes.enumerated() {
      guard index < made.count else { break }
      Bytes.withBytes(of: made[index]) { bytes in
        guard (try? document.parse(bytes)) != nil, !ExpectedValue(wanted).equals(document.root)
        else { return }
        problems.append(
          Problem(
            "test-failed", at: wanted.place,
            "the test's product \(index + 1) should be "
              + "\(ExpectedValue(wanted).text) and is \(bytes.text)",
            remedy: "Mend the template, or the test."))
      }
    }
    if made.count != test.makes.count {
      let list = made.map { String(decoding: $0, as: UTF8.self) }.joined(separator: "; ")
      problems.append(
        Problem(
          "test-failed", at: test.place,
          "the test's rows should make \(test.makes.count) "
            + "product(s) and make \(made.count)\(list.isEmpty ? "" : ": \(list)")",
          remedy: "Mend the template, or the test."))
    }
    return problems
  }
}

/// Keeps the products that a test makes.
private final class MadeProducts: ProductSink {
  var products: [[UInt8]] = []

  func append(_ product: Bytes, store: Int) { products.append(product.array) }
}

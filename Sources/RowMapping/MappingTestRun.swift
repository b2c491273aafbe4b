package import Records

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
          try map(TestTable(rows), test, to: made)
        } else {
          try feed(test.input, made)
        }
      return TestVerdict(test: test, noun: "product")
        .problems(outcome.problems, made: made.products)
    } catch {
      return error.all
    }
  }

  private func map(
    _ table: TestTable, _ test: MappingTest, to sink: any ProductSink
  ) throws(Problems) -> MappingOutcome {
    let strangers = table.strangers(to: mapping.plan)
    guard strangers.isEmpty else { throw Problems(strangers) }
    let mapper = try ProductMapper(
      mapping, file: (name: test.fileName ?? "test", display: mapping.file.path),
      header: table.header, stores: stores, sink: sink, isLenient: true)
    do throws(Problem) {
      for index in 0..<table.rows.count { try mapper.take(table.rows[index]) }
      return try mapper.finish()
    } catch {
      throw Problems([error])
    }
  }
}

/// Keeps the products that a test makes.
private final class MadeProducts: ProductSink {
  var products: [[UInt8]] = []

  func append(_ product: Bytes, store: Int) { products.append(product.array) }

  func startOver() { products = [] }
}

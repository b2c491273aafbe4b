import JSON
package import Records
import Templates

/// Runs the tests of a mapping of order statuses through the very mapper that a run uses.
package struct StatusTestRun {
  private let mapping: StatusMapping

  package init(_ mapping: StatusMapping) { self.mapping = mapping }

  /// - Parameters:
  ///   - test: one of the mapping's tests.
  ///   - feed: gives the records of the test's JSON text or file to a mapper of this mapping.
  /// - Returns: what the records made instead of what they should; nothing where all is right.
  package func problems(
    of test: MappingTest,
    feed: (MappingTest, any ChangeSink) throws(Problems) -> MappingOutcome
  ) -> [Problem] {
    let made = MadeChanges(dates: mapping.file.styles.dates)
    do throws(Problems) {
      let outcome =
        if case .rows(let rows) = test.input {
          try map(TestTable(rows), test, to: made)
        } else {
          try feed(test, made)
        }
      return TestVerdict(test: test, noun: "change").problems(outcome.problems, made: made.changes)
    } catch {
      return error.all
    }
  }

  private func map(
    _ table: TestTable, _ test: MappingTest, to sink: any ChangeSink
  ) throws(Problems) -> MappingOutcome {
    let strangers = table.strangers(to: mapping.plan)
    guard strangers.isEmpty else { throw Problems(strangers) }
    let mapper = try StatusMapper(
      mapping, file: (name: test.fileName ?? "test", display: mapping.file.path),
      header: table.header, sink: sink, isLenient: true)
    do throws(Problem) {
      for index in 0..<table.rows.count { try mapper.take(table.rows[index]) }
      if mapping.file.format.kind == .nameOnly { try mapper.takeName() }
    } catch {
      throw Problems([error])
    }
    return mapper.finish()
  }
}

/// Keeps the changes that a test makes, as tests write them.
private final class MadeChanges: ChangeSink {
  private let dates: DateStyle
  var changes: [[UInt8]] = []

  init(dates: DateStyle) { self.dates = dates }

  func append(_ change: OrderChange) {
    let output = ByteOutput()
    output.append("{\"order\":")
    output.appendJSON(string: change.order)
    for field in change.fields {
      output.append(",")
      output.appendJSON(string: field.name)
      output.append(":")
      output.append(text: field.json)
    }
    if let changedAt = change.changedAt {
      output.append(",\"changedAt\":")
      output.appendJSON(string: dates.iso8601(milliseconds: changedAt))
    }
    output.append("}")
    changes.append(output.bytes.array)
  }
}

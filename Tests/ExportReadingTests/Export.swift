import ExportReading
import Records
import TestSupport

/// A file in a temporary folder of its own, which goes away with it.
final class Export {
  let path: String
  let name: String
  private let folder = TemporaryFolder()

  init(_ bytes: [UInt8], name: String = "menu.csv") throws {
    path = folder.write(bytes, to: name)
    self.name = name
  }

  convenience init(_ text: String, name: String = "menu.csv") throws {
    try self.init([UInt8](text.utf8), name: name)
  }

  func survey(_ statement: FormatStatement = FormatStatement()) throws(Problem) -> Survey {
    try Surveyor.survey(path: path, name: name, as: statement)
  }

  /// The problem for which the file as a whole is refused.
  func refusal(_ statement: FormatStatement = FormatStatement()) -> Problem? {
    do throws(Problem) {
      _ = try survey(statement)
      return nil
    } catch {
      return error
    }
  }

  func table(
    _ statement: FormatStatement = FormatStatement(), blockSize: Int = 1 << 20
  ) throws(Problem) -> Table {
    let survey = try survey(statement)
    let reader = try CSVReader(path: path, name: name, layout: survey.layout, blockSize: blockSize)
    var table = Table(survey: survey, header: reader.header)
    while let row = try reader.next() {
      table.rows.append((0..<row.count).map { row[$0].text })
      table.lines.append(row.line)
      table.records.append(row.record)
      if let fault = reader.fault { table.faults.append(fault.description) }
    }
    return table
  }
}

/// Everything that comes out of a file.
struct Table {
  var survey: Survey
  var header: [String]
  var rows: [[String]] = []
  var lines: [Int] = []
  var records: [Int] = []
  var faults: [String] = []
}

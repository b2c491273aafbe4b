import ExportReading
package import Records

/// A lookup table in a CSV file beside a mapping: a header line, then a word and its meaning.
package enum TableFile {
  /// - Throws: a file that cannot be read or has fewer than two columns; a word that stands twice.
  package static func read(
    _ path: String, name: String
  ) throws(Problem) -> [TableWord] {
    let survey = try Surveyor.survey(path: path, name: name, as: FormatStatement())
    let reader = try CSVReader(path: path, name: name, layout: survey.layout)
    guard reader.header.count >= 2 else {
      throw Problem(
        "table", at: Place(file: name, line: survey.headerLine),
        "a table's file has two columns, a word and its meaning",
        remedy: "Begin it with a header line such as word,meaning.")
    }
    var words: [TableWord] = []
    var lines: [String: Int] = [:]
    while let row = try reader.next() {
      if let fault = reader.fault { throw fault }
      let key = row[0].trimmed.text
      if let line = lines.updateValue(row.line, forKey: key) {
        throw Problem(
          "table", at: Place(file: name, line: row.line), value: key,
          "the word stands on line \(line) already", remedy: "Take one of the two out.")
      }
      words.append(
        TableWord(
          key: key, value: row[1].trimmed.text, place: Place(file: name, line: row.line)))
    }
    return words
  }
}

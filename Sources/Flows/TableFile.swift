import ExportReading
import JSON
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

extension TableFile {
  /// What the words of a table are kept as: a JSON list of word, meaning and line for each.
  static func kept(_ words: [TableWord]) -> [UInt8] {
    let output = ByteOutput()
    for word in words {
      output.append(output.count == 0 ? 0x5B : 0x2C)
      output.append(0x5B)
      output.appendJSON(string: word.key)
      output.append(0x2C)
      output.appendJSON(string: word.value)
      output.append(0x2C)
      output.appendJSON(number: Int64(word.place.line ?? 0))
      output.append(0x5D)
    }
    output.append(words.isEmpty ? "[]" : "]")
    return output.bytes.array
  }

  /// The words that ``kept(_:)`` wrote.
  ///
  /// - Throws: bytes that it did not write.
  static func words(kept bytes: [UInt8], _ name: String) throws(Problem) -> [TableWord] {
    let document = JSONDocument()
    do throws(JSONFault) {
      try Bytes.withBytes(of: bytes) { bytes throws(JSONFault) in try document.parse(bytes) }
    } catch {
      throw error.problem(file: name)
    }
    var words: [TableWord] = []
    for word in document.root.elements {
      let parts = word.elements.map { part in
        let text = ByteOutput()
        part.appendText(to: text)
        return text.bytes.text
      }
      guard parts.count == 3 else {
        throw Problem("table", at: Place(file: name), "the table was not kept as it was")
      }
      words.append(
        TableWord(key: parts[0], value: parts[1], place: Place(file: name, line: Int(parts[2]))))
    }
    return words
  }
}

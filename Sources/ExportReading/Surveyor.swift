package import Records

/// Finds out how a file is written, in one pass over the whole of it.
package enum Surveyor {
  /// Surveys a file of separated values.
  ///
  /// - Parameters:
  ///   - name: the path as the user knows it, for messages.
  ///   - statement: what the mapping says; the rest is detected.
  /// - Throws: whatever makes the file as a whole unusable: it is empty or no text, its encoding
  ///   has to be stated, it was cut off inside of quotes or before its stated last line.
  package static func survey(
    path: String, name: String, as statement: FormatStatement = FormatStatement()
  ) throws(Problem) -> Survey {
    try withRemedy(path, name, type: "csv", stated: statement.encoding) { () throws(Problem) in
      try surveyCSV(path, name, statement)
    }
  }

  /// Guesses from a file's beginning what ``survey(path:name:as:)`` will say of its layout, so that
  /// its rows can be read while it is surveyed.
  ///
  /// - Returns: nothing where the beginning is all of it, or does not tell.
  package static func guess(
    path: String, name: String, as statement: FormatStatement
  ) -> TableLayout? {
    guard statement.lastLine == nil else { return nil }
    return (try? Reading(path, name, statement, headOnly: true))?.guess()
  }

  /// Surveys any other text file, such as JSON.
  ///
  /// - Parameters:
  ///   - type: the format's word in mappings, for the remedy.
  ///   - stated: the encoding that the mapping states.
  ///   - isStrict: whether a single byte that does not belong to its encoding is too many.
  /// - Throws: a file that is empty, no text, or in an encoding that has to be stated.
  @discardableResult
  package static func surveyText(
    path: String, name: String, type: String = "json", stated: String? = nil, isStrict: Bool = true
  ) throws(Problem) -> TextSurvey {
    try withRemedy(path, name, type: type, stated: stated) { () throws(Problem) in
      let pass = try TextPass(path: path, name: name, stated: stated)
      try pass.run { _ in }
      return try pass.finish(isStrict: isStrict)
    }
  }

  private static func surveyCSV(
    _ path: String, _ name: String, _ statement: FormatStatement
  ) throws(Problem) -> Survey {
    var reading = try Reading(path, name, statement)
    if statement.quote == nil, reading.vote.suspectsApostrophes {
      var other = statement
      other.quote = CSVDialect.apostrophe
      if let second = try? Reading(path, name, other), second.isMoreConvincing(than: reading) {
        reading = second
      }
    }
    return try reading.survey(statement)
  }

  private static func withRemedy<Result>(
    _ path: String, _ name: String, type: String, stated: String?,
    _ body: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    do throws(Problem) {
      return try body()
    } catch {
      guard error.code == DecodingSource.badByte, error.remedy.isEmpty else { throw error }
      if let stated,
        let mistaken = try MistakenEncoding.problem(path: path, name: name, stated: stated)
      {
        throw mistaken
      }
      var problem = error
      problem.remedy = EncodingProbe(path: path, stated: stated).remedy(type: type)
      throw problem
    }
  }
}

/// What one pass over a whole text file found out about it.
package struct TextSurvey: Sendable, Hashable {
  /// In small letters: `utf-8`, `utf-16le`, or what the mapping states.
  package var encoding: String
  /// Whether the file begins with a byte order mark.
  package var hasMark: Bool
  /// The file's bytes.
  package var size: Int
  package var lines: Int
  /// The first line that is not blank, if it is near the beginning.
  package var firstLine: Int?
  /// How many characters are not UTF-8.
  package var brokenCharacters: Int
  /// What a person may want to know of how the file is read, in whole sentences.
  package var notes: [String]
}

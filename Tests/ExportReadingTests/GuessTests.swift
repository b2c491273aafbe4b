import ExportReading
import Testing

/// What the beginning of a file says about all of it.
struct GuessTests {
  /// Longer than what is taken for the beginning.
  private static let long = String(repeating: "1;Laksa;6,50\n", count: 30_000)

  private func guess(_ text: String, _ statement: FormatStatement = FormatStatement()) throws
    -> (guess: TableLayout?, found: TableLayout)
  {
    let export = try Export(text)
    return (
      Surveyor.guess(path: export.path, name: export.name, as: statement),
      try export.survey(statement).layout
    )
  }

  @Test("it is right where the rest is like the beginning")
  func right() throws {
    let (guess, found) = try guess("My shop\n\ncode;name;price\n" + Self.long)
    #expect(guess == found)
    #expect(found.headerLine == 3)
    #expect(found.dialect.delimiter == UInt8(ascii: ";"))
  }

  @Test("it is seen to be wrong where the rest is otherwise")
  func wrong() throws {
    let commas = String(repeating: "1,2,3,4,5,6,7,8\n", count: 90_000)
    let (guess, found) = try guess("code;name;price\n" + Self.long + commas)
    #expect(guess?.dialect.delimiter == UInt8(ascii: ";"))
    #expect(found.dialect.delimiter == UInt8(ascii: ","))
    #expect(guess != found)
  }

  @Test("broken characters behind the beginning make a difference")
  func broken() throws {
    let export = try Export(
      [UInt8]("code;éü\n".utf8) + Array(Self.long.utf8) + [0x31, 0x3B, 0xE9, 0x0A])
    let guess = Surveyor.guess(path: export.path, name: export.name, as: FormatStatement())
    #expect(guess != nil)
    #expect(try export.survey().layout != guess)
  }

  @Test("there is none where the beginning is all, or only the whole tells")
  func none() throws {
    #expect(try guess("code;name\n1;Laksa\n").guess == nil)
    let statement = FormatStatement(lastLine: "1;*")
    #expect(try guess("code;name;price\n" + Self.long, statement).guess == nil)
    let quoted = String(repeating: "'1';'Laksa'\n", count: 30_000)
    #expect(try guess("'code';'name'\n" + quoted).guess == nil)
  }

  @Test("there is none of a file that cannot be read or is no table")
  func unusable() throws {
    #expect(Surveyor.guess(path: "/nowhere", name: "x", as: FormatStatement()) == nil)
    let json = try Export("[{\"a\": 1}," + Self.long)
    #expect(Surveyor.guess(path: json.path, name: "x", as: FormatStatement()) == nil)
  }
}

import Records
import Testing

@testable import ExportReading

@Suite struct TextTailTests {
  private func lastLine(_ pieces: String...) -> (text: String, offset: Int)? {
    var tail = TextTail()
    for piece in pieces { Bytes.withBytes(of: piece) { tail.take($0) } }
    return tail.lastLine
  }

  @Test("the last line that is not blank is found, and where it begins")
  func found() throws {
    let line = try #require(lastLine("a,b\r\n1,2\r\n", "EOF;2\r\n\r\n  \u{1A}"))
    #expect(line.text == "EOF;2")
    #expect(line.offset == 10)
  }

  @Test("a text of one line is its own last line")
  func single() throws {
    let line = try #require(lastLine("E", "OF"))
    #expect(line.text == "EOF")
    #expect(line.offset == 0)
  }

  @Test("nothing is found in blank text, or in a line longer than what is kept")
  func missing() {
    #expect(lastLine("", "\n \n") == nil)
    #expect(lastLine("\n", String(repeating: "x", count: 70_000)) == nil)
  }

  @Test("offsets are right when the text is longer than what is kept")
  func long() throws {
    let line = try #require(lastLine(String(repeating: "x\n", count: 100_000), "end\n"))
    #expect(line.text == "end")
    #expect(line.offset == 200_000)
  }
}

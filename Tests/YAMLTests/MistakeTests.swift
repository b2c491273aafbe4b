import Records
import Testing
import YAML

@Suite struct MistakeTests {
  @Test(
    "a text that must stand in quotes is shown in quotes",
    arguments: [
      // ${…} inside brackets.
      ("a: {b: ${x}}", 9, "${…} inside {…} or […] must stand in quotes", "b: '${x}'"),
      (
        "a: [${x | f(\",\")}, y]", 15, "${…} inside {…} or […] must stand in quotes",
        "'${x | f(\",\")}'"
      ),
      ("- {b: x ${y} z, c: d}", 10, "${…} inside {…} or […] must stand in quotes", "b: 'x ${y} z'"),
      ("{${x}: b}", 2, "${…} inside {…} or […] must stand in quotes", "'${x}'"),
      // Comments.
      ("name: ${A #1}", 7, "\" #\" turned the rest of this text into a comment", "name: '${A #1}'"),
      (
        "n: ${A | default(\"} #1\")}", 4, "\" #\" turned the rest of this text into a comment",
        "n: '${A | default(\"} #1\")}'"
      ),
      // Colons.
      (
        "name: Laksa: hot", 12, "a text cannot hold a colon and a space unless it is quoted",
        "name: 'Laksa: hot'"
      ),
      (
        "- a: it's: c # d", 10, "a text cannot hold a colon and a space unless it is quoted",
        "a: \"it's: c\""
      ),
      ("{a: b: c}", 6, "a text cannot hold a colon and a space unless it is quoted", "a: 'b: c'"),
      // First characters.
      ("a: %x", 4, "a text cannot begin with \"%\" unless it stands in quotes", "a: '%x'"),
      ("a: @x", 4, "a text cannot begin with \"@\" unless it stands in quotes", "a: '@x'"),
      ("a: `x`", 4, "a text cannot begin with \"`\" unless it stands in quotes", "a: '`x`'"),
      (
        "files: *.csv", 8, "a text cannot begin with \"*\" unless it stands in quotes",
        "files: '*.csv'"
      ),
      ("a: & x", 4, "a text cannot begin with \"&\" unless it stands in quotes", "a: '& x'"),
      ("a: !x!y z", 4, "a text cannot begin with \"!\" unless it stands in quotes", "a: '!x!y z'"),
      (
        "price: > 0", 8, "a text cannot begin with \">\" unless it stands in quotes", "price: '> 0'"
      ),
      ("a: | b", 4, "a text cannot begin with \"|\" unless it stands in quotes", "a: '| b'"),
      ("a: - b", 4, "a text cannot begin with \"-\" unless it stands in quotes", "a: '- b'"),
      ("a: }b", 4, "a text cannot begin with \"}\" unless it stands in quotes", "a: '}b'"),
      ("{b: @c}", 5, "a text cannot begin with \"@\" unless it stands in quotes", "b: '@c'"),
      (
        "name: [Item] Name # x", 7, "a text cannot begin with \"[\" unless it stands in quotes",
        "name: '[Item] Name'"
      ),
      // Quotes.
      ("a: \"b\" c", 4, "the quotes that open here close before the text ends", "a: '\"b\" c'"),
      (
        "a: \"b's\" | c", 4, "the quotes that open here close before the text ends",
        "a: '\"b''s\" | c'"
      ),
    ])
  func quotes(text: String, column: Int, message: String, shown: String) throws {
    let problem = try #require(refusal(text))
    #expect(
      problem.place == Place(file: "a.yaml", line: 1, column: column))
    #expect(problem.message == message)
    #expect(problem.remedy == "Put the text in quotes: \(shown)")
  }

  @Test(
    "quotes that end inside a template are explained by what belongs where",
    arguments: [
      ("a: '${b}' | trim", "A filter stands inside the braces: ${b | trim}"),
      ("a: \"${b}\" | upper | trim", "A filter stands inside the braces: ${b | upper | trim}"),
      (
        "a: \"${b | default(\"x\")}\"", "Put single quotes around it: '${b | default(\"x\")}'"
      ),
    ])
  func templateQuotes(_ text: String, _ remedy: String) {
    let problem = #expect(throws: Problem.self) {
      try YAML.parse([UInt8](text.utf8), file: "m.yaml")
    }
    #expect(
      problem?.description
        == "m.yaml, line 1, position 4: the quotes that open here close before the text ends. "
        + remedy)
  }

  @Test("what is shown in quotes is read as the text that was meant")
  func shownIsRight() throws {
    let problem = try #require(refusal("name: it's ${A #1}: \"x\""))
    let line = problem.remedy.dropFirst("Put the text in quotes: ".count)
    #expect(shown(try parse(String(line))) == "{name: 'it's ${A #1}: \"x\"'}")
  }

  @Test(
    "a mistake between texts is named at its place",
    arguments: [
      (
        "a:\n\tb: c",
        "line 2, position 1: the line is indented with a tab. Indent with spaces only: two for each level."
      ),
      (
        "a:\n  b: c\n \td: e",
        "line 3, position 2: the line is indented with a tab. Indent with spaces only: two for each level."
      ),
      (
        "a: b\n  c: d",
        "line 2, position 4: the line is indented deeper than the one above it, which has its value already. Indent both alike, or leave the upper key's value empty."
      ),
      (
        "a:\n  b: c\n d: e",
        "line 3, position 2: the line stands at a depth at which nothing was begun. Indent it exactly like its neighbours: keys under keys, dashes under dashes."
      ),
      (
        "a: b\n- c",
        "line 2, position 1: the line stands at a depth at which nothing was begun. Indent it exactly like its neighbours: keys under keys, dashes under dashes."
      ),
      (
        "name:foo\n\n# x\nb: c",
        "line 1, position 1: a key, a colon and a space are expected here (found: \"name:foo\"). Write key: value, with a space behind the colon."
      ),
      (
        "a: b\nc\nd: e",
        "line 2, position 1: a key, a colon and a space are expected here (found: \"c\"). Write key: value, with a space behind the colon."
      ),
      (
        "a: \"b\nc: d",
        "line 1, position 4: the quotes that open here are never closed. Close them; a quote that belongs to the text is doubled: 'it''s'."
      ),
      (
        "a: \"C:\\Users\"",
        "line 1, position 4: a backslash inside double quotes begins a code such as \\n, and this one is none. Use single quotes, in which a backslash is a backslash."
      ),
      (
        "a: {b: c\nd: e",
        "line 1, position 4: the \"{\" that opens here is not closed, or a comma is missing. Close it; where the bracket belongs to a text, put that text in quotes."
      ),
      (
        "a: [b",
        "line 1, position 4: the \"[\" that opens here is not closed, or a comma is missing. "
          + "Close it; where the bracket belongs to a text, put that text in quotes."
      ),
      (
        "a: [",
        "line 2, position 1: the file ends inside a bracket that opens above. "
          + "Close it; where the bracket belongs to a text, put that text in quotes."
      ),
      (
        "a: [b #1]\nd: e",
        "line 1, position 7: \" #\" turned the rest of this line into a comment. Put the text that holds the # in quotes."
      ),
      (
        "a: {b: p [c]}",
        "line 1, position 10: a bracket inside {…} or […] begins a list or keys of its own. Put a text that holds brackets in quotes, whole."
      ),
      (
        "a: {b: \"x\" ${y}}",
        "line 1, position 12: a comma or the closing bracket is missing in front of this. Put a text that holds quotes or brackets in quotes, whole."
      ),
      (
        "a: b\n...\nc: d",
        "line 3, position 1: a second document begins here. Put it into a file of its own; "
          + "the lines --- and ... separate documents."
      ),
    ])
  func structure(text: String, expected: String) {
    #expect(refusal(text)?.description == "a.yaml, " + expected)
  }
}

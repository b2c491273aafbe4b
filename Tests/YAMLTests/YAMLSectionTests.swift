import Records
import Testing
import YAML

@Suite struct YAMLSectionTests {
  let problems = ProblemList()

  func section(_ text: String) throws -> YAMLSection {
    YAMLSection(try parse(text), named: "a.yaml", problems: problems)
  }

  var found: [String] { problems.all.map(\.description) }

  @Test("keys are read as what they are asked for")
  func values() throws {
    let section = try section(
      "t: 007\nq: 'x'\ni: 12\nf: Yes\noff: off\nc: csv\none: x\nmany: [x, y]\nnone:\nsub: {k: v}\nempty:\n"
    )
    #expect(section.text("t")?.text == "007")
    #expect(section.text("t")?.isPlain == true)
    #expect(section.required("q")?.isPlain == false)
    #expect(section.integer("i") == 12)
    #expect(section.flag("f") == true)
    #expect(section.flag("off") == false)
    #expect(section.choice("c", ["csv", "json"]) == "csv")
    #expect(section.list("one")?.count == 1)
    #expect(section.texts("many")?.map(\.text) == ["x", "y"])
    #expect(section.list("none")?.isEmpty == true)
    #expect(section.section("sub")?.text("k")?.text == "v")
    #expect(section.section("empty")?.entries().isEmpty == true)
    #expect(section.place(of: "q") == Place(file: "a.yaml", line: 2, column: 1))
    section.finish()
    #expect(found == [])
  }

  @Test("what is not there is nothing, and no problem")
  func absent() throws {
    let section = try section("a: b\n")
    #expect(section.text("x") == nil)
    #expect(section.integer("x") == nil)
    #expect(section.flag("x") == nil)
    #expect(section.list("x") == nil)
    #expect(section.section("x") == nil)
    #expect(section.place(of: "x") == section.place)
    #expect(found == [])
  }

  @Test("every problem is collected, each with place, value and remedy")
  func everyProblem() throws {
    let section = try section(
      "list: [x]\nkeys: {x: y}\nblock:\n  - x\ni: 1,5\nf: maybe\nc: jsn\ncolums: {}\nsub: x\n")
    #expect(section.text("list") == nil)
    #expect(section.text("keys") == nil)
    #expect(section.text("block") == nil)
    #expect(section.integer("i") == nil)
    #expect(section.flag("f") == nil)
    #expect(section.choice("c", ["csv", "json"]) == nil)
    #expect(section.required("name") == nil)
    #expect(section.node("columns") == nil)
    #expect(section.section("sub")?.entries().isEmpty == true)
    section.finish()
    #expect(
      found == [
        "a.yaml, line 1, position 7: \"list\" takes a text, and this one begins with \"[\", which "
          + "makes it a list. Put the whole text in quotes: list: '[…'",
        "a.yaml, line 2, position 7: \"keys\" takes a text, and this one begins with \"{\", which "
          + "makes it keys with values. Put the whole text in quotes: keys: '{…'",
        "a.yaml, line 4, position 3: \"block\" takes a text, and a list stands here. "
          + "Write block: … on one line.",
        "a.yaml, line 5, position 4: \"i\" takes a whole number (found: \"1,5\"). "
          + "Write digits only.",
        "a.yaml, line 6, position 4: \"f\" is one of true, false (found: \"maybe\"). "
          + "Write one of them.",
        "a.yaml, line 7, position 4: \"c\" is one of csv, json (found: \"jsn\"). "
          + "Did you mean \"json\"?",
        "a.yaml, line 1, position 1: \"name\" is missing in a.yaml. Add it: name: …",
        "a.yaml, line 9, position 6: sub takes keys with values, and a text stands here "
          + "(found: \"x\"). Write key: value on lines of their own, each with a space behind the "
          + "colon.",
        "a.yaml, line 8, position 1: \"colums\" is not a key of a.yaml. "
          + "Did you mean \"columns\"?",
      ])
  }

  @Test("a key far from every known one is refused with the list of them")
  func unknown() throws {
    let section = try section("zzz: 1\n")
    _ = section.text("b")
    _ = section.text("a")
    section.finish()
    #expect(
      found == [
        "a.yaml, line 1, position 1: \"zzz\" is not a key of a.yaml. Its keys are: a, b."
      ])
  }

  @Test("a required key without a value is missing at the key's own place")
  func empty() throws {
    let section = try section("a: 1\nb:\n")
    #expect(section.required("b") == nil)
    #expect(
      found == ["a.yaml, line 2, position 1: \"b\" is missing in a.yaml. Add it: b: …"])
  }

  @Test("a list of texts refuses what is no text, and keeps the rest")
  func texts() throws {
    let section = try section("a: [x, [y], z]\n")
    #expect(section.texts("a")?.map(\.text) == ["x", "z"])
    #expect(problems.all.map(\.place) == [Place(file: "a.yaml", line: 1, column: 8)])
  }
}

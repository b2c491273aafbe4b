import Records
import Testing
import YAML

/// What a file's parsing refuses; nothing where it is read.
func refusal(_ text: String) -> Problem? { refusal(Array(text.utf8)) }

func refusal(_ bytes: [UInt8]) -> Problem? {
  do throws(Problem) {
    _ = try YAML.parse(bytes, file: "a.yaml")
    return nil
  } catch {
    return error
  }
}

func parse(_ text: String) throws -> YAMLNode {
  try YAML.parse(Array(text.utf8), file: "a.yaml")
}

/// A tree in one line: quoted texts in quotes, places behind keys where asked for.
func shown(_ node: YAMLNode, places: Bool = false) -> String {
  let at = places ? "@\(node.place.line ?? 0):\(node.place.column ?? 0)" : ""
  switch node.content {
  case .scalar(let text, let isPlain): return (isPlain ? text : "'\(text)'") + at
  case .list(let nodes):
    return "[" + nodes.map { shown($0, places: places) }.joined(separator: ", ") + "]" + at
  case .mapping(let entries):
    let parts = entries.map { entry in
      let key = places ? "@\(entry.place.line ?? 0):\(entry.place.column ?? 0)" : ""
      return "\(entry.key)\(key): \(shown(entry.value, places: places))"
    }
    return "{" + parts.joined(separator: ", ") + "}" + at
  }
}

@Suite struct YAMLTests {
  @Test(
    "a file becomes its tree",
    arguments: [
      ("", "{}"),
      ("# nothing\n", "{}"),
      ("---\n", "{}"),
      ("a: 1\nb: [x, 'y', \"z\"]\n", "{a: 1, b: [x, 'y', 'z']}"),
      ("a:\n  - b: c\n    d: e\n  - f\n", "{a: [{b: c, d: e}, f]}"),
      ("a: {b: '${x}', c: [d]}\n", "{a: {b: '${x}', c: [d]}}"),
      ("price: Price [*]\n", "{price: Price [*]}"),
      (
        "s: ${A [*] | lookup(state) | default(\"X\")}\n",
        "{s: ${A [*] | lookup(state) | default(\"X\")}}"
      ),
      ("a: 007\nb: yes\nc: 1e3\nd: ~\ne:\n", "{a: 007, b: yes, c: 1e3, d: ~, e: }"),
      ("a: |\n  x\n  y\nb: >\n  x\n  y\n", "{a: 'x\ny\n', b: 'x y\n'}"),
      ("a: \"\\u00e9\\n\"\n", "{a: 'é\n'}"),
      ("'<<': 1\n\"a b\": 2\n", "{<<: 1, a b: 2}"),
      ("a: b # c\nd: 'e #f'\n", "{a: b, d: 'e #f'}"),
      ("a: ${b} # c } \" \n", "{a: ${b}}"),
      ("a: {b: }\n", "{a: {b: }}"),
      ("just text", "just text"),
      ("- 1\n- 2", "[1, 2]"),
      ("a: 中文\r\nb: 🍜\r\n", "{a: 中文, b: 🍜}"),
      ("%YAML 1.1\n---\na: b\n...\n", "{a: b}"),
    ])
  func tree(text: String, expected: String) throws {
    #expect(shown(try parse(text)) == expected)
  }

  @Test("every key and value knows its line and its position in characters")
  func places() throws {
    let text = "a: 1\nçé: {🍜: x, z: 'y'}\n- b"
    let node = try parse(String(text.dropLast(4)))
    #expect(
      shown(node, places: true)
        == "{a@1:1: 1@1:4, çé@2:1: {🍜@2:6: x@2:9, z@2:12: 'y'@2:15}@2:5}@1:1")
    #expect(node.place.file == "a.yaml")
  }

  @Test("carriage returns and a byte order mark don't shift places")
  func lineEnds() throws {
    let node = try YAML.parse([0xEF, 0xBB, 0xBF] + Array("a: 1\r\nb: 2\rc: 3\n".utf8), file: "f")
    #expect(shown(node, places: true) == "{a@1:1: 1@1:4, b@2:1: 2@2:4, c@3:1: 3@3:4}@1:1")
  }

  @Test("brackets and braces are told from indented lists and keys")
  func flow() throws {
    let node = try parse("a: [x]\nb:\n  - x\nc: {d: e}\n")
    guard case .mapping(let entries) = node.content else { throw Missing() }
    #expect(entries.map(\.value.isFlow) == [true, false, true])
    #expect(!node.isFlow)
  }

  @Test("64 levels are read, 65 are refused")
  func depth() throws {
    let deep = String(repeating: "[", count: 63) + "x" + String(repeating: "]", count: 63)
    #expect(refusal(deep) == nil)
    let deeper = String(repeating: "[", count: 64) + "x"
    #expect(
      refusal(deeper)?.description
        == "a.yaml, line 1, position 65: lists and keys stand inside each other more than 64 "
        + "levels deep. Write it flatter.")
    #expect(refusal(String(repeating: "[", count: 1_000_000))?.code == "yaml-depth")
    #expect(refusal(String(repeating: "- ", count: 100_000))?.code == "yaml-depth")
  }

  @Test("no damage to a file makes the program crash")
  func damage() {
    let sample = Array("a: {b: '${x}', c: [d, \"e\"]} # f\n- g: |\n    h\n&i *j !k ? l: é\n".utf8)
    var state: UInt64 = 42
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    let marks = Array("{}[]:,#'\"|>-?%@`&*!$ \n\t\r\\ab\0é".utf8)
    for _ in 0..<3000 {
      var bytes = sample
      for _ in 0...random(6) {
        let index = random(bytes.count)
        switch random(3) {
        case 0: bytes[index] = marks[random(marks.count)]
        case 1: bytes.insert(marks[random(marks.count)], at: index)
        default: bytes.removeSubrange(index..<min(index + random(4), bytes.count))
        }
        if bytes.isEmpty { bytes = sample }
      }
      let problem = refusal(bytes)
      #expect(problem?.message.isEmpty != true)
      #expect(problem?.remedy.isEmpty != true)
    }
  }
}

struct Missing: Error {}

import JSON
import Records
import Testing

@Suite("A JSON value")
struct JSONValueTests {
  @Test(
    "knows its kind, its text and the bytes as they stand",
    arguments: [
      ("null", .null, ""), ("true", .bool, "true"), ("-1.50e+3", .number, "-1.50e+3"),
      ("9007199254740993000000001", .number, "9007199254740993000000001"),
      (#""a\/b\u00E9\n\uD83C\uDF5C\u0000""#, .string, "a/bé\n🍜\0"),
      (#""plain 椰""#, .string, "plain 椰"), (#""""#, .string, ""),
      ("[1, 2]", .array, "[1, 2]"), (#"{"a" : "\n"}"#, .object, #"{"a" : "\n"}"#),
    ] as [(String, JSONValue.Kind, String)])
  func scalars(json: String, kind: JSONValue.Kind, text: String) throws {
    let document = try document(" \(json)\n")
    #expect(document.root.kind == kind)
    #expect(document.root.text == text)
    #expect(document.root.raw == json)
    let output = ByteOutput()
    document.root.appendText(to: output)
    #expect(output.bytes == text)
  }

  @Test("of an object is found by its name, escaped or not; the first one wins")
  func lookup() throws {
    let json = #"{"a":{"x":[0,{"b":9}]},"\u0062":2,"b":3,"é\n":4,"":5,"c":null}"#
    let root = try document(json).root
    #expect(root.count == 6)
    #expect(root["b"]?.raw.text == "2")
    #expect(root["é\n"]?.raw.text == "4")
    #expect(root[""]?.raw.text == "5")
    #expect(root["c"]?.kind == .null)
    #expect(root["x"] == nil)
    #expect(root["a"]?["x"]?.count == 2)
    #expect(root["a"]?["x"]?["b"] == nil)
    #expect(root["b"]?["b"] == nil)
    #expect(Bytes.withBytes(of: [0x62]) { root[$0]?.raw.text } == "2")
  }

  @Test("gives its members in their order, keys unescaped")
  func members() throws {
    let root = try document(#"{"a":[1,[2,3],{}],"\t":{"b":1},"c":""}"#).root
    var keys: [String] = []
    for (key, value) in root.members { keys.append("\(key.text)=\(value.raw.text)") }
    #expect(keys == ["a=[1,[2,3],{}]", "\t={\"b\":1}", "c=\"\""])
    #expect(root["a"]?.elements.map(\.raw.text) == ["1", "[2,3]", "{}"])
    #expect(Array(root.elements).isEmpty)
    #expect(Array(root["c"]!.members).isEmpty)
    #expect(root["c"]?.count == 0)
  }

  @Test("knows where it stands")
  func place() throws {
    let root = try document("{\n \"é\":\n\n  [1,\n 2]}").root
    let list = try #require(root["é"])
    #expect(list.offset == 12)
    #expect(list.elements.map(\.line) == [4, 5])
    #expect(root.line == 1)
  }

  @Test("tells whether it is a certain string")
  func hasText() throws {
    let elements = Array(try document(#"["ab","\u0061b","a",1,"1"]"#).root.elements)
    #expect(
      Bytes.withBytes(of: "ab") { text in elements.map { $0.hasText(text) } }
        == [true, true, false, false, false])
    #expect(
      Bytes.withBytes(of: "1") { text in elements.map { $0.hasText(text) } }
        == [false, false, false, false, true])
  }

  @Test("survives being written and read again", arguments: 0..<50)
  func roundTrip(seed: UInt64) throws {
    var random = SmallRandom(state: seed)
    let text = randomValue(&random, depth: 0)
    let once = rewritten(try document(text).root)
    #expect(rewritten(try document(once).root) == once)
    #expect(once.filter { !$0.isWhitespace } == text.filter { !$0.isWhitespace })
  }
}

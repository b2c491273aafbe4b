import JSON
import Records
import Testing

@Suite("JSON that is kept whatever it holds")
struct ToleranceTests {
  @Test(
    "is read without its earlier duplicates, and as deep as it is wanted",
    arguments: [
      (#"{"a":1,"b":[]}"#, #"{"a":1,"b":[]}"#, nil, false),
      (#"{"a":1,"b":2,"a":3}"#, #"{"b":2,"a":3}"#, "a", false),
      (#"{"a":1,"\u0061":{"x":1,"x":2}}"#, #"{"a":{"x":2}}"#, "a", false),
      (#"[[[1]],[[]],2]"#, "[[null],[null],2]", nil, true),
      (#"{"a":{"b":{"c":1}},"d":[1]}"#, #"{"a":{"b":null},"d":[1]}"#, nil, true),
      (#"[{"a":1,"a":[[]]}]"#, #"[{"a":null}]"#, "a", true),
    ] as [(String, String, String?, Bool)])
  func read(text: String, expected: String, duplicate: String?, isDeep: Bool) throws {
    let document = JSONDocument()
    var seen = ""
    let oddities = try Bytes.withBytes(of: text) { (bytes) throws(JSONFault) in
      try document.parseTolerant(bytes, maxDepth: 2) { seen = $0.raw.text }
    }
    #expect(seen == text)
    #expect(document.root.raw.text == expected)
    #expect(!oddities.isBroken)
    #expect(oddities.duplicateKey == duplicate)
    #expect(oddities.isDeep == isDeep)
  }

  @Test("is refused where it is no JSON, and fixed where its characters are cut")
  func others() throws {
    let document = JSONDocument()
    #expect(throws: JSONFault.self) {
      try Bytes.withBytes(of: "[1") { try document.parseTolerant($0) }
    }
    let cut = Array("[\"a".utf8) + [0xC3] + Array("\"]".utf8)
    let oddities = try Bytes.withBytes(of: cut) { try document.parseTolerant($0) }
    #expect(oddities.isBroken)
    #expect(document.root.raw.text == "[\"a\u{FFFD}\"]")
  }
}

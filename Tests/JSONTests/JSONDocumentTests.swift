import JSON
import Records
import Testing

@Suite("A JSON text")
struct JSONDocumentTests {
  @Test(
    "is accepted",
    arguments: [
      "null", "true", "false", "0", "-0", "-1", "10", "1.5", "-0.25e-7", "1E+2", "1e5", "0e0",
      "123456789012345678901234567890.123456789", "\"\"", "\"a\"", "[]", "[ ]", "{}", "{ }",
      " [1 , 2]\r\n\t", "[[],[[]],{}]", "{\"a\":1,\"b\":[true,null]}", "{\"\":\"\"}",
      "{\"a\":1,\"a\":2}", "\"\u{7F}\"", "\"\u{2028}\u{FFFF}\u{10FFFF}\"",
      #""\"\\\/\b\f\n\r\t\u0041\u00e9\uD834\uDd1e\uFFFF""#, "\"/*no comment*/\"",
    ])
  func valid(text: String) { #expect(fault(text) == nil) }

  @Test(
    "is refused with the place and a reason",
    arguments: [
      ("", "1:1 the text ends where a value is missing"),
      (" \n ", "2:2 the text ends where a value is missing"),
      ("[", "1:2 the text is cut off inside a list"),
      ("[1", "1:3 the text is cut off inside a list"),
      ("[1,", "1:4 the text is cut off inside a list"),
      ("{\"a\"", "1:5 the text is cut off inside an object"),
      ("{\"a\":", "1:6 the text is cut off inside an object"),
      ("{\"a\":1,\n", "2:1 the text is cut off inside an object"),
      ("{\"a\":\"é", "1:8 the text is cut off inside a string"),
      ("\"a\\", "1:4 the text is cut off inside a string"),
      ("\"\\u12", "1:6 the text is cut off inside a string"),
      ("\"\\uD834\\", "1:9 the text is cut off inside a string"),
      ("tru", "1:4 the text is cut off inside a word"),
      ("-", "1:2 the text is cut off inside a number"),
      ("1.", "1:3 the text is cut off inside a number"),
      ("1e+", "1:4 the text is cut off inside a number"),
      ("[1,]", "1:4 a comma stands before a closing bracket"),
      ("[1, \n ]", "2:2 a comma stands before a closing bracket"),
      ("{\"a\":1,}", "1:8 a comma stands before a closing bracket"),
      ("[,1]", "1:2 a value is missing"),
      ("[1,,2]", "1:4 a value is missing"),
      ("{\"a\":}", "1:6 a value is missing"),
      ("]", "1:1 a value is missing"),
      ("[1}", "1:3 a comma or ] is missing"),
      ("[1 2]", "1:4 a comma or ] is missing"),
      ("[nullx]", "1:6 a comma or ] is missing"),
      ("[0x1]", "1:3 a comma or ] is missing"),
      ("[1.2.3]", "1:5 a comma or ] is missing"),
      ("{\"a\":1]", "1:7 a comma or } is missing"),
      ("{\"a\" 1}", "1:6 a colon is missing after a key"),
      ("{\"a\",1}", "1:5 a colon is missing after a key"),
      ("{a:1}", "1:2 a key in double quotes is missing"),
      ("{1:1}", "1:2 a key in double quotes is missing"),
      ("{,}", "1:2 a key in double quotes is missing"),
      ("[01]", "1:2 a number must not begin with a zero"),
      ("[-01]", "1:3 a number must not begin with a zero"),
      ("[-x]", "1:3 a digit is missing after the minus sign"),
      ("[1.]", "1:4 a digit is missing after the decimal point"),
      ("[1.e1]", "1:4 a digit is missing after the decimal point"),
      ("[1e]", "1:4 a digit is missing in the exponent"),
      ("[1e+]", "1:5 a digit is missing in the exponent"),
      ("[+1]", "1:2 a number must begin with a digit or a minus sign"),
      ("[.5]", "1:2 a number must begin with a digit or a minus sign"),
      ("[NaN]", "1:2 NaN and Infinity are not allowed in JSON"),
      ("[-Infinity]", "1:3 a digit is missing after the minus sign"),
      ("[True]", "1:2 true and false are written in small letters"),
      ("[nul]", "1:2 null is misspelt"),
      ("[tree]", "1:2 true is misspelt"),
      ("['a']", "1:2 a string must stand in double quotes"),
      ("[/*a*/1]", "1:2 comments are not allowed in JSON"),
      ("[1]// end", "1:4 the JSON is complete, but something follows"),
      ("{} {}", "1:4 the JSON is complete, but something follows"),
      ("[1]\u{0}", "1:4 the JSON is complete, but something follows"),
      ("[\u{0}]", "1:2 a control character stands where a value is missing"),
      ("[\u{A0}1]", "1:2 \(noStart)"), ("[e]", "1:2 \(noStart)"),
      ("[\u{B}1]", "1:2 a control character stands where a value is missing"),
      ("\"a\tb\"", "1:3 a control character in a string must be written with a backslash"),
      ("\"a\u{0}b\"", "1:3 a control character in a string must be written with a backslash"),
      (
        "[\"a\nb\"]",
        "1:4 the line ends inside a string; a quote is missing, or the line end must be written \\n"
      ),
      (#""\x41""#, "1:2 a backslash must be followed by one of \" \\ / b f n r t u"),
      (#""\U0041""#, "1:2 a backslash must be followed by one of \" \\ / b f n r t u"),
      (#""\u00g0""#, "1:2 \\u must be followed by four hex digits"),
      (#""\u12""#, "1:2 \\u must be followed by four hex digits"),
      (#""a\uD800""#, "1:3 \(lone)"), (#""\uDC00""#, "1:2 \(lone)"),
      (#""\uD800\n""#, "1:2 \(lone)"), (#""\uD800\u0041""#, "1:2 \(lone)"),
      (#""\uDd1e\uD834""#, "1:2 \(lone)"),
    ])
  func invalid(text: String, expected: String) { #expect(fault(text) == expected) }

  @Test(
    "is refused where it is not UTF-8",
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0xAF], [0xED, 0xA0, 0x80], [0xE4, 0xB8],
      [0xF0, 0x80, 0x80, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFF],
    ])
  func notUTF8(bytes: [UInt8]) {
    let text = Array("[\n\"é long enough, ".utf8) + bytes + Array("\"]".utf8)
    #expect(fault(text) == "2:17 the text is not UTF-8")
  }

  @Test("is refused where it is UTF-16")
  func utf16() {
    #expect(fault([0xFF, 0xFE, 0x5B, 0, 0x5D, 0]) == "1:1 \(noStart)")
  }

  @Test("may begin with a byte order mark, which is not part of it")
  func byteOrderMark() throws {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let value = try document(mark + Array("[1]".utf8)).root
    #expect(value.raw == "[1]")
    #expect(value.offset == 0)
    #expect(throws: JSONFault.self) { try document(mark + mark + Array("1".utf8)) }
    let error = #expect(throws: JSONFault.self) { try document(mark + Array("[x".utf8)) }
    #expect(error?.offset == 4)
    #expect(error?.column == 2)
  }

  @Test("may be as deep as the limit says and no deeper, without using the stack")
  func depth() throws {
    let deep = String(repeating: "[{\"a\":", count: 64) + "1" + String(repeating: "}]", count: 64)
    #expect(rewritten(try document(deep).root) == deep)
    #expect(
      fault("[" + deep + "]") == "1:381 more than 128 lists and objects stand in each other")
    let million = [UInt8](repeating: 0x5B, count: 1_000_000)
    #expect(fault(million) == "1:129 more than 128 lists and objects stand in each other")
    #expect(
      fault(million, maxDepth: .max) == "1:1000001 the text is cut off inside a list")
    #expect(fault(Array("1".utf8), maxDepth: 0) == nil)
  }

  @Test("says that it is cut off wherever it is cut off")
  func truncated() throws {
    let text = Array(#"{"a":[1.5e3,true,"\uD834\uDD1E é",{"b":null}],"c":{}}"#.utf8)
    for length in 0..<text.count {
      let error = #expect(throws: JSONFault.self) { try document(Array(text[..<length])) }
      #expect(error?.isTruncated == true)
      #expect(error?.offset == length || error?.message == "the text is not UTF-8")
    }
  }

  @Test(
    "may be refused for two members of one name",
    arguments: [
      (#"{"a":1,"b":2}"#, nil), (#"{"a":{"a":1},"b":{"a":1}}"#, nil),
      (
        "{\"a\":1,\n \"b\":2,\"a\":3}",
        #"2:8 the key "a" stands twice in one object, first on line 1"#
      ),
      (#"[{"é":1,"\u00e9":2}]"#, #"1:9 the key "é" stands twice in one object, first on line 1"#),
    ] as [(String, String?)])
  func duplicates(text: String, expected: String?) {
    #expect(fault(Array(text.utf8), refusesDuplicateKeys: true) == expected)
  }

  @Test("is forgotten when the next one is refused")
  func reuse() throws {
    let document = JSONDocument()
    #expect(document.root.kind == .null)
    #expect(document.root.raw.isEmpty)
    try Bytes.withBytes(of: "[1,2]") { try document.parse($0) }
    let list = document.root
    let last = Array(list.elements)[1]
    #expect(list.count == 2)
    try Bytes.withBytes(of: "{\"a\":true}") { try document.parse($0) }
    #expect(document.root["a"]?.text == "true")
    #expect(throws: JSONFault.self) { try Bytes.withBytes(of: "[3,4,") { try document.parse($0) } }
    #expect(list.kind == .null)
    #expect(last.text == "")
  }

  @Test("is a problem with place and remedy")
  func problem() throws {
    let cut = #expect(throws: JSONFault.self) { try document("[\n1") }
    #expect(
      cut?.problem(file: "Inbox/menu.json").description
        == "Inbox/menu.json, line 2, position 2: the text is cut off inside a list. "
        + "Export the file again, and give it to the connector when it is complete.")
    let wrong = #expect(throws: JSONFault.self) { try document("[1 2]") }
    #expect(
      wrong?.problem(file: nil)
        == Problem(
          "invalid-json", at: Place(line: 1, column: 4), "a comma or ] is missing",
          remedy: "Correct the file at this place, or export it again."))
  }
}

private let lone =
  "half of a surrogate pair stands alone; a character above U+FFFF is written as two"

private let noStart =
  "a value begins with a quote, a digit, a minus sign, {, [, true, false or null"

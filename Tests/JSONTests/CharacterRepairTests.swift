import JSON
import Records
import Testing

@Suite("A JSON text that was cut inside a character")
struct CharacterRepairTests {
  /// The text that was read where something had to be replaced, and what it says.
  private func repaired(_ bytes: [UInt8]) throws(JSONFault) -> (text: String?, value: String) {
    let document = JSONDocument()
    let isRepaired = try Bytes.withBytes(of: bytes) { (bytes) throws(JSONFault) in
      try document.parseRepairing(bytes)
    }
    let text = String(decoding: JSONDocument.repaired(bytes), as: UTF8.self)
    return (isRepaired ? text : nil, document.root.text)
  }

  @Test(
    "is read with U+FFFD where half of a surrogate pair stands",
    arguments: [
      (#""a\ud83d""#, #""a\ufffd""#, "a\u{FFFD}"),
      (#""\uDE00b""#, #""\ufffdb""#, "\u{FFFD}b"),
      (#""\ud83d\ud83d\ude00""#, #""\ufffd\ud83d\ude00""#, "\u{FFFD}😀"),
      (#""\ud83d\n""#, #""\ufffd\n""#, "\u{FFFD}\n"),
      (#""\ud83d\u0041""#, #""\ufffd\u0041""#, "\u{FFFD}A"),
      (#""\\ud83d\ud83d""#, #""\\ud83d\ufffd""#, #"\ud83d"# + "\u{FFFD}"),
    ])
  func halves(text: String, read: String, value: String) throws {
    let repaired = try repaired(Array(text.utf8))
    #expect(repaired.text == read)
    #expect(repaired.value == value)
  }

  @Test(
    "is read with U+FFFD where bytes are not UTF-8",
    arguments: [
      ([0x61, 0xF0, 0x9F], "a\u{FFFD}"), ([0x80, 0x61], "\u{FFFD}a"),
      ([0xED, 0xA0, 0xBD], "\u{FFFD}\u{FFFD}\u{FFFD}"),
      ([0xF0, 0x9F] + Array(#"\ud83d"#.utf8), "\u{FFFD}\u{FFFD}"),
    ] as [([UInt8], String)])
  func bytes(content: [UInt8], value: String) throws {
    let repaired = try repaired([0x22] + content + [0x22])
    #expect(repaired.value == value)
    #expect(repaired.text != nil)
  }

  @Test(
    "is left alone where all characters are whole",
    arguments: [#""a""#, #""\ud83d\ude00 \\ud83d é 😀""#, "{}", "\u{FEFF}1"])
  func whole(text: String) throws { #expect(try repaired(Array(text.utf8)).text == nil) }

  @Test(
    "is refused anyway where it is no JSON",
    arguments: [
      (#"{"a":"\ud83d""#, "the text is cut off inside an object"),
      (#""\ud83"#, "the text is cut off inside a string"),
      (#""\ud83d\x""#, "a backslash must be followed by one of \" \\ / b f n r t u"),
      (
        #"\ud83d"#,
        "a value begins with a quote, a digit, a minus sign, {, [, true, false or null"
      ),
    ])
  func broken(text: String, message: String) {
    let fault = #expect(throws: JSONFault.self) { try repaired(Array(text.utf8)) }
    #expect(fault?.message == message)
  }
}

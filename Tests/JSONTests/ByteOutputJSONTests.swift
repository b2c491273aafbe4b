import JSON
import Records
import Testing

@Suite("A JSON string is written")
struct ByteOutputJSONTests {
  @Test(
    "with what RFC 8259 wants escaped, and nothing else",
    arguments: [
      ("", #""""#),
      ("Laksa", #""Laksa""#),
      (#"a "b" \c/"#, #""a \"b\" \\c/""#),
      ("\u{8}\t\n\u{C}\r", #""\b\t\n\f\r""#),
      ("\0\u{1}\u{1F} \u{7F}", "\"\\u0000\\u0001\\u001f \u{7F}\""),
      ("椰浆饭 🍜", #""椰浆饭 🍜""#),
      ("exactly8", #""exactly8""#),
      ("12345678\"", #""12345678\"""#),
    ])
  func escapes(text: String, expected: String) {
    let output = ByteOutput()
    output.appendJSON(string: text)
    #expect(output.bytes.text == expected)
  }

  @Test("so that reading it gives the same text, wherever the escape stands")
  func everyPlace() throws {
    for length in 1...40 {
      for place in 0..<length {
        var scalars = Array(repeating: Unicode.Scalar("x"), count: length)
        scalars[place] = ["\"", "\\", "\n", "\u{1F}", "é"][(length + place) % 5]
        let text = String(String.UnicodeScalarView(scalars))
        let output = ByteOutput()
        output.appendJSON(string: text)
        #expect(try document(output.bytes.array).root.text == text)
      }
    }
  }

  @Test("so that reading it gives the same text, wherever two escapes stand")
  func everyTwoPlaces() throws {
    for length in 2...36 {
      for place in 0..<length {
        var bytes = (0..<length).map { UInt8(0x41 + $0) }
        bytes[place] = 0x22
        bytes[place * 7 % length] = 0x5C
        let text = String(decoding: bytes, as: UTF8.self)
        let output = ByteOutput()
        output.appendJSON(string: text)
        #expect(try document(output.bytes.array).root.text == text)
      }
    }
  }

  @Test(
    "and a number in decimal digits",
    arguments: [
      (0, "0"), (7, "7"), (-120, "-120"), (Int64.max, "9223372036854775807"),
      (Int64.min, "-9223372036854775808"),
    ])
  func number(value: Int64, expected: String) {
    let output = ByteOutput()
    output.appendJSON(number: value)
    #expect(output.bytes.text == expected)
  }
}

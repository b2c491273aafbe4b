import OutboxFiles
import Records
import Testing

@Suite struct NewlineTests {
  @Test(
    "whatever ended a line before, the right thing ends it now",
    arguments: [
      (Newline.lf, "a\nb\nc\n\nd\n"), (.crlf, "a\r\nb\r\nc\r\n\r\nd\r\n"), (.cr, "a\rb\rc\r\rd\r"),
    ])
  func append(newline: Newline, expected: String) {
    let output = ByteOutput()
    newline.append(Bytes("a\nb\r\nc\r\rd\n"), to: output)
    #expect(output.bytes.text.utf8.elementsEqual(expected.utf8))
    output.removeAll()
    newline.append(.empty, to: output)
    #expect(output.count == 0)
  }
}

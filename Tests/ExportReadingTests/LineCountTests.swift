import Records
import Testing

@testable import ExportReading

@Suite struct LineCountTests {
  @Test(
    "a line ends with a line feed, a carriage return or both",
    arguments: [
      ("", 0), ("a", 0), ("a\n", 1), ("a\r", 1), ("a\r\n", 1), ("\n\n", 2), ("\r\r", 2),
      ("\n\r", 2), ("\r\r\n", 2), ("a\r\nb\nc\rd", 3),
    ])
  func ends(_ text: String, _ lines: Int) {
    for padding in [0, 61, 62, 63, 64, 130] {
      let bytes = [UInt8](repeating: 0x78, count: padding) + [UInt8](text.utf8)
      for cut in [0, 1, 63, 64, bytes.count] where cut <= bytes.count {
        var count = LineCount()
        Bytes.withBytes(of: Array(bytes[..<cut])) { count.take($0) }
        Bytes.withBytes(of: Array(bytes[cut...])) { count.take($0) }
        #expect(count.ended == lines, "\(padding) bytes before, cut at \(cut)")
      }
    }
  }
}

import Records
import Testing

@testable import JSON

@Suite("Lines and columns")
struct LineCounterTests {
  @Test(
    "are counted from 1, columns in characters",
    arguments: [
      ("", 1, 1), ("abc", 1, 4), ("\n", 2, 1), ("a\r\nb", 2, 2), ("\n\n\né椰🍜", 4, 4),
      ("12345678\n12345678", 2, 9),
    ])
  func places(text: String, line: Int, column: Int) {
    #expect(passed(text, step: .max) == [line, column])
  }

  @Test("don't depend on the parts in which the text comes")
  func parts() {
    let rows = String(repeating: "椰浆饭 with egg\n", count: 700)
    let text = rows + String(repeating: "é", count: 5000)
    for step in [1, 7, 8, 2039, 2040, 2041, 65536] {
      #expect(passed(text, step: step) == [701, 5001])
    }
  }

  private func passed(_ text: String, step: Int) -> [Int] {
    var counter = LineCounter()
    var left = Array(text.utf8)[...]
    while !left.isEmpty {
      Bytes.withBytes(of: Array(left.prefix(step))) { counter.pass($0) }
      left = left.dropFirst(step)
    }
    return [counter.line, counter.column]
  }
}

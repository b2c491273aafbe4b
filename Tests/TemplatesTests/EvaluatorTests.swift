import Records
import Templates
import Testing

struct EvaluatorTests {
  @Test("what it gave holds until it is told to start afresh")
  func keepsBuffers() throws {
    let bench = Bench(["a": "x", "b": "y"])
    let first = try #require(bench.compile("${a | upper}-${b | upper}"))
    let second = try #require(bench.compile("${b | upper}-${a | upper}"))
    let one = try bench.evaluator.text(first, in: bench)
    let two = try bench.evaluator.text(second, in: bench)
    #expect(one.text == "X-Y")
    #expect(two.text == "Y-X")
    bench.evaluator.startAfresh()
    #expect(try bench.evaluator.text(first, in: bench).text == "X-Y")
  }

  @Test("spaces at the ends are kept where the whole text is asked for, and inside where they pad")
  func keepsEnds() throws {
    let bench = Bench(["a": "x", "b": ""])
    for (text, whole, value, pads) in [
      ("${a} ${b}", "x ", "x", false), (" ${a | upper} ${b}", " X ", "X", false),
      ("${a | pad(3)}", "x  ", "x  ", true), ("${b}${a | padLeft(3)}", "  x", "  x", true),
    ] {
      let template = try #require(bench.compile(text))
      #expect(try bench.evaluator.text(template, in: bench).text == whole.trimmingSpaces)
      #expect(try bench.evaluator.wholeText(template, in: bench).text == whole)
      #expect(bench.value(text) == [value])
      #expect(template.pads == pads)
    }
  }

  @Test(
    "a template is a number where one expression ends with that filter",
    arguments: [
      ("${a | number}", true), ("${a | number | trim}", false), ("${a | number}!", false),
      ("${a}", false), ("1", false),
    ])
  func knowsNumbers(text: String, isNumber: Bool) throws {
    #expect(try #require(Bench(["a": "1"]).compile(text)).isNumber == isNumber)
  }

  @Test("a buffer that is given again is empty")
  func givesEmptyBuffers() {
    let evaluator = Evaluator()
    evaluator.buffer().append(text: "left over")
    evaluator.startAfresh()
    #expect(evaluator.buffer().count == 0)
  }
}

extension String {
  fileprivate var trimmingSpaces: String { Bytes.withBytes(of: self) { $0.trimmed.text } }
}

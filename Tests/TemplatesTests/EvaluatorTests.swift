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

  @Test("a buffer that is given again is empty")
  func givesEmptyBuffers() {
    let evaluator = Evaluator()
    evaluator.buffer().append(text: "left over")
    evaluator.startAfresh()
    #expect(evaluator.buffer().count == 0)
  }
}

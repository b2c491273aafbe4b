import Records
import Templates
import Testing

struct LookupTableTests {
  private func bench(_ cell: String) -> Bench {
    Bench(
      ["State": cell, "Other": "o"],
      tables: ["states": ["Y": "AVAILABLE", "N": "UNAVAILABLE", "": "none"], "empty": [:]])
  }

  @Test(
    "a word is turned into its meaning",
    arguments: [("Y", "AVAILABLE"), ("N", "UNAVAILABLE"), ("", "none")])
  func looksUp(word: String, meaning: String) {
    #expect(bench(word).text("${State | lookup(states)}") == meaning)
  }

  @Test("a word that is not there is a problem with the nearest one")
  func refusesUnknown() {
    #expect(
      bench("y").text("${State | lookup(states)}")
        == "\"State\": the table \"states\" has no such word (found: \"y\"). Add it to the table, or "
        + "give a fallback: lookup(states, \"…\"). It has \"Y\".")
    #expect(
      bench("maybe").text("${State | lookup(states)}")
        == "\"State\": the table \"states\" has no such word (found: \"maybe\"). Add it to the table, "
        + "or give a fallback: lookup(states, \"…\").")
  }

  @Test("a fallback stands in for a word that is not there, and for none")
  func fallsBack() {
    #expect(bench("maybe").text("${State | lookup(states, \"X\")}") == "X")
    #expect(bench("maybe").text("${State | lookup(states, Other)}") == "o")
    #expect(bench("").text("${State | lookup(empty, \"X\")}") == "X")
    #expect(bench("").text("${State | lookup(empty)}") == "")
  }

  @Test("of two equal words the first counts, and many are all found")
  func holdsMany() {
    let pairs = (0..<5000).map { TableWord(key: "word \($0 % 4000)", value: "meaning \($0)") }
    let table = LookupTable(name: "t", words: pairs)
    #expect(table.keys.count == 4000)
    for number in [0, 1, 1999, 3999] {
      let found = Bytes.withBytes(of: "word \(number)") { table.value(for: $0)?.text }
      #expect(found == "meaning \(number)")
    }
    #expect(Bytes.withBytes(of: "word 4000") { table.value(for: $0)?.text } == nil)
    #expect(!table.isEmpty)
    #expect(LookupTable(name: "t", words: []).isEmpty)
  }

  @Test("guessing stops after a hundred times, so that a bad file is read quickly")
  func stopsGuessing() {
    let bench = bench("y")
    let last = (0..<101).map { _ in bench.text("${State | lookup(states)}") }
    #expect(last[99].hasSuffix("It has \"Y\"."))
    #expect(last[100].hasSuffix("lookup(states, \"…\")."))
  }
}

import Flows
import Records
import RowMapping
import TestSupport
import Testing

/// Exports so long that their rows are mapped while the file is still being surveyed.
struct LongExportTests {
  private let folder = TemporaryFolder()
  private static let mapping = """
    kind: products
    files: products/*.csv
    onBadRow: skip
    products:
      - {type: SINGLE, posProductId: "${code}", status: AVAILABLE, name: "${name}", price: "${price}"}
    """

  private func rows(_ numbers: Range<Int>) -> String {
    numbers.map { "\($0);Nasi Lemak;6.50\n" }.joined()
  }

  private func run(_ bytes: [UInt8]) throws -> (lines: Int, outcome: MappingOutcome) {
    let mapping = try MappingBench(folder: folder.path).compile(Self.mapping, name: "long")
    let path = folder.write(bytes, to: "menu.csv")
    let (made, outcome) = try MappingBench.run(mapping, [path], stores: ["east"])
    return (made.lists[0].list.split(separator: "\n").count - 2, outcome)
  }

  @Test("every row makes its product once")
  func whole() throws {
    let (lines, outcome) = try run(Array(("code;name;price\n" + rows(0..<40_000)).utf8))
    #expect(lines == 40_000)
    #expect(outcome.products == [40_000])
    #expect(outcome.problems == [])
  }

  @Test("where the beginning misleads, nothing of the first attempt is left")
  func startsOver() throws {
    let good = Array(("code;name;price\n" + rows(0..<40_000)).utf8)
    let bad = Array("x;Caf".utf8) + [0xE9] + Array(";1.00\n".utf8)
    let wide = Array("40000;Käsespätzle;1.00\n40001;Crème;2.00\n".utf8)
    let (lines, outcome) = try run(good + bad + wide)
    #expect(lines == 40_002)
    #expect(outcome.products == [40_002])
    #expect(outcome.records == 40_003)
    #expect(outcome.problems.map(\.code) == ["bad-byte"])
    #expect(outcome.problems.map(\.place.line) == [40_002])
  }

  @Test("a file that is cut off far behind its beginning is refused as a whole")
  func refused() throws {
    let text = "code;name;price\n" + rows(0..<40_000) + "40000;\"Nasi"
    #expect { try run(Array(text.utf8)) } throws: { error in
      (error as? Problems)?.all.map(\.code) == ["unclosed-quote"]
    }
  }
}

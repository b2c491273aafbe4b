import Contract
import LedgerStore
import Records
import RowMapping
import TestSupport
import Testing

@testable import Flows

/// A mapping of orders that is wrong when the next process begins, and was right before.
@Suite struct LastGoodMappingTests {
  private static let since = "2026-03-14T11:00:00+08:00"
  private static let goesBy =
    "Until this is fixed, orders go by its last good version (of \(since))."

  /// A shop whose first order the mapping `a` wrote.
  private func shop(_ mapping: String = Sample.mapping("A: old")) throws -> OrderShop {
    try shop(["a.yaml": mapping])
  }

  private func shop(_ files: [String: String]) throws -> OrderShop {
    let shop = try OrderShop(files)
    try shop.take(Sample.order("R-1"))
    #expect(try shop.release().written == ["orders/R-1.csv"])
    shop.pass(seconds: 3600)
    return shop
  }

  /// What an order becomes in a process that begins now, and what is said of the mappings.
  private func order(_ id: String, _ shop: OrderShop) throws -> (text: String?, problems: [String])
  {
    try shop.take(Sample.order(id))
    let report = try shop.release()
    return (
      shop.text("orders/\(id).csv") ?? shop.text("orders/\(id).json"),
      report.problems.map(\.description)
    )
  }

  @Test(
    "orders go by its last good version, and the problem says file, line, mistake and since when",
    arguments: [
      (
        "kind: orders\nfile: [\n",
        "Mappings/a.yaml, line 3, position 1: "
      ),
      (
        "kind: order-changes\n\tfile",
        "Mappings/a.yaml, line 2, position 1: "
      ),
      (
        Sample.mapping("A: '${x | uper}'"),
        "Mappings/a.yaml, line 3, position 25: there is no filter of this name (found: \"uper\"). "
          + "Did you mean \"upper\"? "
      ),
      (
        Sample.mapping("A: '${x | match(\"(?<=a)b\")}', B: '${x | uper}'"),
        "Mappings/a.yaml, line 3, position "
      ),
      ("", "Mappings/a.yaml, line 1, position 1: \"kind\" is missing"),
      ("file: x", "Mappings/a.yaml, line 1, position 1: "),
    ])
  func broken(text: String, start: String) throws {
    let shop = try shop()
    shop.write(["a.yaml": text])
    let (written, problems) = try order("R-2", shop)
    #expect(written == "A\nold\n")
    #expect(problems.first?.hasPrefix(start) == true, "\(problems)")
    #expect(problems.first?.hasSuffix(Self.goesBy) == true, "\(problems)")
    #expect(problems.filter { $0.contains("last good version") }.count == 1)
  }

  @Test("what it reads beside itself is kept with it, as it was then")
  func parts() throws {
    let mapping = Sample.mapping(
      "A: '${note | lookup(words)}'",
      "format: {type: template, template: o.mustache}\ntables: {words: words.csv}")
    let shop = try OrderShop([
      "a.yaml": mapping, "o.mustache": "{{#records}}{{A}} old{{/records}}",
      "words.csv": "word,meaning\n\"a, \"\"b\"\"\",\"1\n2 é\"\nb,3\n",
    ])
    let more = ",\"note\":\"a, \\\"b\\\"\""
    try shop.take(Sample.order("R-1", more))
    try shop.release()
    #expect(shop.text("orders/R-1.csv") == "1 2 é old")
    let faults: [(String, String?)] = [
      ("o.mustache", "{{#records}}"), ("o.mustache", nil),
      ("words.csv", "word,meaning\nb,1\nb,2\n"),
      ("words.csv", nil), ("a.yaml", "kind: orders\n"),
    ]
    for (index, (file, text)) in faults.enumerated() {
      let good = try #require(shop.folder.text("Mappings/\(file)"))
      shop.folder.remove("Mappings/\(file)")
      if let text { shop.write([file: text]) }
      try shop.take(Sample.order("F-\(index)", more))
      let report = try shop.release()
      #expect(shop.text("orders/F-\(index).csv") == "1 2 é old", "\(file) \(text ?? "gone")")
      #expect(report.problems.first?.remedy.hasSuffix(Self.goesBy) == true)
      shop.write([file: good])
    }
    #expect(try shop.release().problems == [])
  }

  @Test("once it is fixed the new one is used, and is the last good one from then on")
  func repaired() throws {
    let shop = try shop()
    shop.write(["a.yaml": "kind: orders\n"])
    #expect(try order("R-2", shop).text == "A\nold\n")
    shop.write(["a.yaml": Sample.mapping("A: new")])
    #expect(try order("R-3", shop) == ("A\nnew\n", []))
    shop.write(["a.yaml": "kind: orders\n"])
    let (text, problems) = try order("R-4", shop)
    #expect(text == "A\nnew\n")
    #expect(problems.first?.contains("(of 2026-03-14T12:00:00+08:00)") == true)
  }

  @Test("it keeps its turn among the mappings that are asked whether they take an order")
  func turn() throws {
    let shop = try shop(["a.yaml": Sample.mapping("A: old"), "b.yaml": Sample.mapping("B: b")])
    shop.write(["a.yaml": "", "b.yaml": Sample.mapping("B: new")])
    #expect(try order("R-2", shop).text == "A\nold\n")
  }

  @Test("a program that runs says the same, and takes the other mappings as they are now")
  func running() throws {
    let shop = try OrderShop(["b.yaml": Sample.mapping("B: old"), "c.yaml": Sample.changeMapping])
    let trouble = MappingTrouble()
    let mappings = OrderMappings(
      workspace: shop.folder.path, settings: try shop.settings, ledger: shop.ledger,
      trouble: trouble)
    func problems() throws -> [String] {
      var report = OutboxReport()
      try shop.release(mappings: mappings).pass(into: &report)
      return report.problems.map(\.description)
    }
    #expect(try problems() == [])
    #expect(trouble.problem == nil)
    shop.write(["c.yaml": "kind: order-changes\n", "b.yaml": Sample.mapping("B: new")])
    let wrong = try problems()
    #expect(wrong.first?.hasSuffix(Self.goesBy) == true)
    #expect(try problems() == wrong)
    #expect(trouble.problem?.description == wrong.first)
    #expect(try order("R-1", shop).text == "B\nnew\n")
    shop.write(["c.yaml": Sample.changeMapping])
    #expect(try problems() == [])
    #expect(trouble.problem == nil)
  }

  @Test("each version is kept once, not with each order")
  func once() throws {
    let shop = try shop()
    func kept() throws -> [KeptMapping] { try shop.ledger.keptMappings(try shop.scope) }
    let first = try kept()
    #expect(first.map(\.name) == ["a"])
    #expect(first.map(\.since) == [OrderShop.opening])
    #expect(first.first?.text == Array(Sample.mapping("A: old").utf8))
    _ = try order("R-2", shop)
    #expect(try kept() == first)
  }

  @Test("it is kept no more once a person said that it is not to come back: orders wait for it")
  func givenUp() throws {
    let shop = try shop()
    shop.folder.remove("Mappings/a.yaml")
    #expect(try shop.ledger.giveUp(mapping: "a", try shop.scope, at: shop.now))
    #expect(try shop.ledger.keptMappings(try shop.scope) == [])
    shop.write(["a.yaml": "kind: orders\n"])
    let (text, problems) = try order("R-2", shop)
    #expect(text == nil)
    #expect(problems.last?.hasPrefix("Mappings/a.yaml: orders wait, because") == true)
  }

  @Test("a version that this program cannot use any more is not used, and the problem says so")
  func unusable() throws {
    let shop = try shop()
    let text = Array("kind: orders\nfile: x\n".utf8)
    try shop.ledger.keep(
      [KeptMapping(name: "a", text: text, parts: [:])], besides: ["a"], olderThan: 0,
      try shop.scope, at: OrderShop.opening)
    shop.write(["a.yaml": "kind: orders\n"])
    let (written, problems) = try order("R-2", shop)
    #expect(written == nil)
    #expect(
      problems.first?.contains(
        "Orders wait until this is fixed, but for a serve that runs since then: its last good version "
          + "(of \(Self.since)) cannot be used any more, either (Mappings/a.yaml, line 2") == true,
      "\(problems)")
  }

  @Test("one that is too large with what it reads is not kept, nor is the one before it used")
  func large() throws {
    let shop = try shop(["a.yaml": Sample.mapping("A: old")])
    shop.write([
      "a.yaml": Sample.mapping("A: new", "format: {type: template, template: o.mustache}"),
      "o.mustache": String(repeating: "x", count: KeptMapping.limit),
    ])
    #expect(try order("R-2", shop).text?.count == KeptMapping.limit)
    shop.write(["a.yaml": "kind: orders\n"])
    let (text, problems) = try order("R-3", shop)
    #expect(text == nil)
    #expect(
      problems.first?.hasSuffix(
        "its last good version (of 2026-03-14T12:00:00+08:00) was larger than 8 MiB, with what it "
          + "reads, and was not kept.") == true, "\(problems)")
  }
}

import LedgerStore
import Records
import RowMapping
import TestSupport
import Testing

@testable import Flows

/// The order mappings of a program that runs for days.
@Suite struct OrderMappingsTests {
  private let shop: OrderShop
  private let mappings: OrderMappings

  init() throws {
    shop = try OrderShop(["a.yaml": Sample.mapping("A: old")])
    mappings = OrderMappings(
      workspace: shop.folder.path, settings: try shop.settings, ledger: shop.ledger)
  }

  /// What a new order becomes now, and what is said of the mappings.
  private func order(_ id: String) throws -> (text: String?, problems: [String]) {
    try shop.take(Sample.order(id))
    var report = OutboxReport()
    try shop.release(mappings: mappings).pass(into: &report)
    return (
      shop.text("orders/\(id).csv") ?? shop.text("orders/\(id).json"),
      report.problems.map(\.description)
    )
  }

  @Test("they are read again when a file was changed, came or went")
  func reload() throws {
    #expect(try order("R-1") == ("A\nold\n", []))
    shop.write(["a.yaml": Sample.mapping("A: new")])
    #expect(try order("R-2") == ("A\nnew\n", []))
    shop.write(["0.yaml": Sample.mapping("A: first")])
    #expect(try order("R-3") == ("A\nfirst\n", []))
    shop.folder.remove("Mappings/0.yaml")
    #expect(try order("R-4") == ("A\nnew\n", []))
  }

  @Test("a mapping that is gone, or empty for a moment, goes on as it was")
  func gone() throws {
    #expect(try order("R-1") == ("A\nold\n", []))
    shop.write(["a.yaml": ""])
    let empty = try order("R-2")
    #expect(empty.text == "A\nold\n")
    #expect(empty.problems.count == 1)
    shop.folder.remove("Mappings/a.yaml")
    let gone = try order("R-3")
    #expect(gone.text == "A\nold\n")
    #expect(
      gone.problems == [
        "Mappings/a.yaml: there is no mapping of kind: orders any more; this one goes on as it was. Put "
          + "it back; or, if it is not to come back, run `dstore-connector approve Mappings/a.yaml`: "
          + "what no other mapping takes is written as plain JSON then."
      ])
    shop.write(["a.yaml": Sample.mapping("A: new")])
    #expect(try order("R-4") == ("A\nnew\n", []))
  }

  @Test("a template or table beside them counts, too")
  func beside() throws {
    shop.folder.write("{{channelOrderId}} old", to: "Mappings/o.mustache")
    shop.write([
      "a.yaml": Sample.mapping("A: a", "format: {type: template, template: o.mustache}")
    ])
    #expect(try order("R-1") == ("GF-1 old", []))
    shop.folder.write("{{channelOrderId}} new", to: "Mappings/o.mustache")
    #expect(try order("R-2") == ("GF-1 new", []))
  }

  @Test("while the new ones are wrong the ones before go on, and every pass says what is wrong")
  func broken() throws {
    #expect(try order("R-1") == ("A\nold\n", []))
    shop.write(["a.yaml": Sample.mapping("A: '${x | uper}'")])
    let wrong = [
      """
      Mappings/a.yaml, line 3, position 25: there is no filter of this name (found: "uper"). Did \
      you mean "upper"? Until this is fixed, orders go by its last good version \
      (of 2026-03-14T11:00:00+08:00).
      """
    ]
    #expect(try order("R-2") == ("A\nold\n", wrong))
    #expect(try order("R-3") == ("A\nold\n", wrong))
    shop.write(["a.yaml": Sample.mapping("A: '${channelOrderId | lower}'")])
    #expect(try order("R-4") == ("A\ngf-1\n", []))
  }

  @Test("a contract that is wrong keeps the mappings before, too")
  func contract() throws {
    #expect(try order("R-1") == ("A\nold\n", []))
    shop.write(["contract.yaml": "kind: contract\nmesages: {}\n"])
    let (text, problems) = try order("R-2")
    #expect(text == "A\nold\n")
    #expect(problems.count == 1)
    #expect(problems.first?.hasPrefix("Mappings/contract.yaml, line 2, position 1: ") == true)
  }

  @Test("mappings that were wrong from the beginning let orders wait until they are fixed")
  func brokenFirst() throws {
    shop.write(["a.yaml": Sample.mapping("A: '${x | uper}'")])
    let (text, problems) = try order("R-1")
    #expect(text == nil)
    #expect(problems.count == 2)
    #expect(problems.last?.hasPrefix("Mappings/a.yaml: orders wait, because") == true)
    shop.write(["a.yaml": Sample.mapping("A: '${channelOrderId}'")])
    shop.pass(seconds: 1)
    #expect(try order("R-2") == ("A\nGF-1\n", []))
    #expect(shop.text("orders/R-1.csv") == "A\nGF-1\n")
  }

  @Test("a contract that was wrong from the beginning lets orders wait, untouched")
  func contractFirst() throws {
    shop.write(["contract.yaml": "kind: contract\nmesages: {}\n"])
    #expect(try order("R-1").text == nil)
    #expect(try shop.open.map(\.tries) == [0])
    shop.folder.remove("Mappings/contract.yaml")
    #expect(try order("R-2") == ("A\nold\n", []))
    #expect(shop.files == ["orders/R-1.csv", "orders/R-2.csv"])
  }

  @Test("mappings that were read already are not read again until a file changes")
  func given() throws {
    let shelf = try shop.shelf
    let mappings = OrderMappings(
      workspace: shop.folder.path, settings: try shop.settings, ledger: shop.ledger, shelf: shelf)
    var report = OutboxReport()
    let before = try #require(mappings.maker([], &report)).shelf.entries
    #expect(before.first?.mapping === shelf.orders.entries.first?.mapping)
    shop.write(["b.yaml": Sample.mapping("A: b")])
    #expect(mappings.maker([], &report)?.shelf.entries.map(\.mapping.name) == ["a", "b"])
    #expect(report.isEmpty)
  }
}

import Records
import RowMapping
import TestSupport
import Testing

@testable import Flows

/// Which order mappings there are, and how they write.
@Suite struct OrderShelfTests {
  /// What a mapping with this format makes of an order.
  private func bytes(_ format: String, _ more: String = "", file: String? = nil) throws -> [UInt8] {
    let shop = try OrderShop(["a.yaml": Sample.mapping("A: '${note}', B: x", "format: \(format)")])
    if let file { shop.folder.write(file, to: "Mappings/order.mustache") }
    try shop.take(Sample.order("R-1", ",\"note\":\"a;b\""))
    try shop.release()
    return shop.folder.bytes("Outbox/orders/R-1.csv") ?? []
  }

  @Test("the kinds stand apart, each by name")
  func kinds() throws {
    let shop = try OrderShop([
      "b.yaml": Sample.mapping(), "a.yaml": Sample.mapping(), "c.yaml": Sample.changeMapping,
      "m.yaml": MappingShelfTests.mapping,
    ])
    let shelf = try shop.shelf
    #expect(shelf.problems == [])
    #expect(shelf.orders.isUsable)
    #expect(shelf.orders.entries(of: .orders).map(\.mapping.name) == ["a", "b"])
    #expect(shelf.orders.entries(of: .orderChanges).map(\.mapping.name) == ["c"])
    #expect(shelf.products.map(\.mapping.file.name) == ["m"])
  }

  @Test(
    "a format writes as it says",
    arguments: [
      ("csv", "A,B\na;b,x\n"), ("{delimiter: \";\"}", "A;B\n\"a;b\";x\n"),
      ("{quote: all, newline: crlf}", "\"A\",\"B\"\r\n\"a;b\",\"x\"\r\n"),
      ("{quote: none, delimiter: \";\", newline: cr}", "A;B\ra b;x\r"),
      ("{header: none, delimiter: tab}", "a;b\tx\n"),
    ])
  func formats(format: String, text: String) throws {
    #expect(String(decoding: try bytes(format), as: UTF8.self) == text)
  }

  @Test("a file is written in the encoding that its mapping states")
  func encoding() throws {
    #expect(try bytes("{encoding: utf-16le, header: none}").prefix(4) == [0x61, 0, 0x3B, 0])
  }

  @Test("a template stands beside its mapping")
  func template() throws {
    let text = "{{channelOrderId}}{{#records}}[{{A}}|{{B}}]{{/records}}\n"
    let format = "{type: template, template: order.mustache, newline: crlf}"
    #expect(try bytes(format, file: text) == Array("GF-1[a;b|x]\r\n".utf8))
  }

  @Test(
    "a format that cannot be had makes the mapping a broken one, with its place",
    arguments: [
      (
        "{encoding: klingon}", nil,
        "Mappings/a.yaml, \"format\": the encoding is not known on this machine (found: \"klingon\")."
      ),
      (
        "{type: template, template: gone.mustache}", nil,
        "Mappings/gone.mustache, \"format\": the file is not there."
      ),
      (
        "{type: template, template: order.mustache}", "a\n{{#b}}",
        "Mappings/order.mustache, line 2"
      ),
    ])
  func unusable(format: String, template: String?, start: String) throws {
    let shop = try OrderShop(["a.yaml": Sample.mapping("A: x", "format: \(format)")])
    if let template { shop.folder.write(template, to: "Mappings/order.mustache") }
    let shelf = try shop.shelf
    #expect(shelf.problems.count == 1)
    #expect(shelf.problems.first?.description.hasPrefix(start) == true, "\(shelf.problems)")
    #expect(Self.broken(shelf) == [.orders: ["Mappings/a.yaml"]])
    #expect(shelf.orders.entries.isEmpty)
  }

  @Test(
    "what may be meant for orders and cannot be read is broken for its kind",
    arguments: [
      ("kind: orders\n\tx", [MappingFile.Kind.orders: ["Mappings/a.yaml"]]),
      ("# text\nkind: order-changes\na: a: a", [.orderChanges: ["Mappings/a.yaml"]]),
      ("kind: orders\nfil: x", [.orders: ["Mappings/a.yaml"]]),
      ("kind: products\n\tx", [:]), ("kind: order-status\n\tx", [:]),
      // Nobody can know what these are meant to be.
      ("kind: order\nfile: x", Self.both), ("kind: [orders\nfile: x", Self.both),
      ("", Self.both), ("file: x", Self.both),
    ])
  func broken(text: String, kinds: [MappingFile.Kind: [String]]) throws {
    let shelf = try OrderShop(["a.yaml": text, "b.yaml": Sample.mapping()]).shelf
    #expect(Self.broken(shelf) == kinds)
    #expect(!shelf.problems.isEmpty)
    #expect(shelf.orders.entries.map(\.mapping.name) == ["b"])
  }

  /// The paths of those that are wrong, by kind.
  private static func broken(_ shelf: MappingShelf) -> [MappingFile.Kind: [String]] {
    Dictionary(grouping: shelf.orders.broken, by: \.kind).mapValues { $0.map(\.path) }
  }

  private static let both: [MappingFile.Kind: [String]] = [
    .orders: ["Mappings/a.yaml"], .orderChanges: ["Mappings/a.yaml"],
  ]

  @Test("a mapping with another ending is told, and orders wait for it")
  func ending() throws {
    let shelf = try OrderShop(["a.yml": Sample.mapping(), "b.yaml": Sample.mapping()]).shelf
    #expect(
      shelf.problems.map(\.description) == [
        "Mappings/a.yml: the name of a mapping ends in .yaml; this is not read. Rename it to a.yaml."
      ])
    #expect(Self.broken(shelf)[.orders] == ["Mappings/a.yml"])
  }
}

import Foundation
import TestSupport
import Testing

/// Small exports in which systems write things that are easily read wrong: each is read right, or
/// refused with what to write instead.
@Suite(.talksToPrograms) struct CaseTests {
  private static let folder = URL(fileURLWithPath: #filePath)
    .appendingPathComponent("../../Fixtures/cases").standardized

  static let names = [
    "backslash-quotes", "control-characters", "digits-of-other-scripts", "duplicate-header-remedy",
    "excel-text-cell", "footer-becomes-product", "gb18030-hint", "header-invisible",
    "json-cp1252-message", "json-duplicate-key", "json-exponent", "json-lines-one-bad-line",
    "json-list-or-object", "json-star-drops-list", "price-three-decimals", "sku-invisible",
    "spreadsheet-damage", "thousands-nbsp",
  ]

  @Test(
    "an export becomes the menu that stands beside it, or is refused with the remedy",
    arguments: names)
  func reads(_ name: String) async throws {
    let folder = Self.folder.appendingPathComponent(name)
    let read = { try Data(contentsOf: folder.appendingPathComponent($0)) }
    let lines = { (data: Data) in
      String(decoding: data, as: UTF8.self).split(separator: "\n").map(String.init)
    }
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let file = try #require(files.first { $0.hasPrefix("menu.") && $0 != "menu.txt" })
    let shop = Shop(mapping: String(decoding: try read("mapping.yaml"), as: UTF8.self))
    shop.folder.write("Inbox/products/\(file)", try read(file))
    let ending = await shop.run()
    let said = lines(try read("said.txt"))
    let menu = shop.dstore.menu("S-1")
    #expect(menu == lines(try read("menu.txt")), "\(menu) \(ending)")
    #expect(ending.exit == (said.isEmpty ? 0 : 1), "\(ending)")
    for text in said { #expect(ending.err.contains(text), "\(ending)") }
  }

  static let orders = [
    "order-amount", "order-control-characters", "order-decomposed-letters", "order-modifiers",
    "order-modifiers-as-text", "order-header-in-the-middle", "order-without-lines",
  ]

  @Test(
    "an order becomes the file that the mapping's test holds, or check says what keeps it from it",
    arguments: orders)
  func writes(_ name: String) async throws {
    let folder = Self.folder.appendingPathComponent(name)
    let read = {
      String(decoding: try Data(contentsOf: folder.appendingPathComponent($0)), as: UTF8.self)
    }
    let shop = Shop(mapping: try read("mapping.yaml"))
    for part in ["Inbox/status/.keep", "Outbox/orders/.keep"] { shop.folder.write(part, "") }
    let ending = await shop.command("check")
    let said = try read("said.txt").split(separator: "\n")
    #expect((ending.exit == 0) == said.isEmpty, "\(ending)")
    for text in said { #expect(ending.err.contains(text), "\(ending)") }
  }
}

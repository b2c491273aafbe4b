import Contract
import TestSupport
import Testing

@testable import Flows

/// What differs between two lists of products.
@Suite struct ProductChangesTests {
  private let folder = TemporaryFolder()

  /// A product on a menu; each test changes one thing.
  static func product(
    _ id: String, type: String = "SINGLE", name: String = "Laksa", status: String = "AVAILABLE"
  ) -> String {
    #"{"posProductId":"\#(id)","type":"\#(type)","status":"\#(status)","name":"\#(name)"}"#
  }

  private func changes(_ old: [String], _ new: [String]) throws -> ProductChanges {
    let contract = try Contract.load()
    let paths = [old, new].enumerated().map { index, products in
      folder.write(
        #"{"requestId":"R-\#(index)","products":[\#(products.joined(separator: ","))]}"#,
        to: "\(index).json")
    }
    return try ProductChanges(
      from: ProductIndex(path: paths[0], contract: contract), to: paths[1], contract: contract)
  }

  @Test("equal lists differ in nothing, whatever the order of products and of fields")
  func equal() throws {
    let turned = #"{"name":"Laksa","status":"AVAILABLE","type":"SINGLE","posProductId":"A"}"#
    let changes = try changes([Self.product("A"), Self.product("B")], [Self.product("B"), turned])
    #expect(changes.isNothing)
    #expect(!changes.isStatusOnly)
    #expect(changes.drop == 0)
    #expect(changes.words == "no difference")
  }

  @Test("new, gone, changed and restated products are counted")
  func counted() throws {
    let changes = try changes(
      ["A", "B", "C", "D"].map { Self.product($0) },
      [
        Self.product("A", name: "Satay"), Self.product("B", status: "UNAVAILABLE"),
        Self.product("C"), Self.product("E"),
      ])
    #expect(changes.words == "1 new, 1 gone, 1 changed, 1 with another status")
    #expect((changes.before, changes.after) == (4, 4))
    #expect(changes.closed == 1)
    #expect(changes.drop == 50)
    #expect(!changes.isStatusOnly)
  }

  @Test(
    "statuses alone are a status update for the types that may have one",
    arguments: [("SINGLE", true), ("MODIFIER", true), ("GROUP", false), ("COMBO", false)])
  func statuses(_ type: String, _ isUpdate: Bool) throws {
    let changes = try changes(
      [Self.product("A", type: type)], [Self.product("A", type: type, status: "UNAVAILABLE")])
    #expect(changes.isStatusOnly == isUpdate)
    #expect(!changes.isNothing)
  }

  @Test("a product that opens again is no drop, and one that changes as it closes is one")
  func openAndClosed() throws {
    let closed = Self.product("A", status: "UNAVAILABLE")
    #expect(try changes([closed], [Self.product("A")]).drop == 0)
    let renamed = Self.product("A", name: "Satay", status: "UNAVAILABLE")
    #expect(try changes([Self.product("A")], [renamed]).drop == 100)
  }

  @Test("a list that was empty cannot drop")
  func empty() throws {
    #expect(try changes([], [Self.product("A")]).drop == 0)
  }
}

import Contract
import DStoreAPI
import Records
import TestSupport
import Testing

@testable import Flows
@testable import Settings

/// The lists of several mappings become one.
@Suite struct CatalogueTests {
  private let folder = TemporaryFolder()
  private let store = StoreSetting(posStoreId: "S-1", posAccountId: "m", place: Place())

  /// Joins the lists of the mappings m0, m1 and so on.
  private func union(_ lists: [[String]]) throws -> Catalogue.Union {
    let members = lists.enumerated().map { index, products in
      Catalogue.Member(
        mapping: "m\(index)",
        path: folder.write(
          #"{"products":[\#(products.joined(separator: ","))]}"#, to: "list-\(index)"))
    }
    return try Catalogue(contract: try Contract.load(), folder: folder.path)
      .join(members, for: store)
  }

  private func join(_ lists: [[String]]) throws -> (count: Int, text: String) {
    guard case .whole(let joined) = try union(lists) else { return (0, "") }
    return (joined.body.count, folder.text("\(joined.requestId).json") ?? "")
  }

  @Test("the union holds each product once, in the order of the lists")
  func union() throws {
    let (a, b, c) = ("A", "B", "C")
    let lists = [[a, b], [b, c]].map { $0.map { ProductChangesTests.product($0) } }
    let joined = try join(lists)
    #expect(joined.count == 3)
    #expect(
      joined.text.hasSuffix(
        "\"products\":[\([a, b, c].map { ProductChangesTests.product($0) }.joined(separator: ","))]}"
      ), "\(joined.text)")
  }

  @Test("two different products under one id are refused by name")
  func conflict() throws {
    guard
      case .conflict(let problem, let mappings) = try union([
        [ProductChangesTests.product("A")], [ProductChangesTests.product("A", name: "Satay")],
      ])
    else {
      Issue.record("the lists were joined")
      return
    }
    #expect(problem.code == "different-products")
    #expect(problem.value == "A")
    #expect(
      problem.message
        == "two mappings of the catalogue make different products with this id for store S-1")
    #expect(mappings == ["m0", "m1"])
  }

  @Test("a child may be a product of any list; one that is nowhere is named with its parent")
  func children() throws {
    let combo = #"{"posProductId":"C","children":[{"posProductId":"A"},{"posProductId":"B"}]}"#
    #expect(
      try join([[combo, ProductChangesTests.product("A")], [ProductChangesTests.product("B")]])
        .count == 3)
    guard case .incomplete(let missing) = try union([[ProductChangesTests.product("A")], [combo]])
    else {
      Issue.record("the lists were joined")
      return
    }
    #expect(missing.map { "\($0.child) \($0.parent) \($0.mapping)" } == ["B C m1"])
  }
}

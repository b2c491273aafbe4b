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

  private func join(_ lists: [[String]]) throws -> (count: Int, text: String) {
    let paths = lists.enumerated().map { index, products in
      folder.write(#"{"products":[\#(products.joined(separator: ","))]}"#, to: "list-\(index)")
    }
    let joined = try Catalogue(contract: try Contract.load(), folder: folder.path)
      .join(paths, for: store)
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
    let problem = #expect(throws: Problem.self) {
      try join([
        [ProductChangesTests.product("A")], [ProductChangesTests.product("A", name: "Satay")],
      ])
    }
    #expect(problem?.code == Catalogue.conflict)
    #expect(problem?.value == "A")
    #expect(
      problem?.message
        == "two mappings of the catalogue make different products with this id for store S-1")
  }
}

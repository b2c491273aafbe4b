import JSON
import Records
import TestSupport
import Testing

@testable import Simulator

struct MenuTests {
  private func product(
    _ id: String, _ type: String = "SINGLE", _ price: String? = "180", currency: String = "SGD",
    status: String = "AVAILABLE"
  ) -> String {
    let price = price.map { #","price":{"value":\#($0),"currency":"\#(currency)"}"# } ?? ""
    return #"{"posProductId":"\#(id)","type":"\#(type)","status":"\#(status)","name":"N"\#(price)}"#
  }

  private func menu(_ products: [String]) async throws -> Menu? {
    let bench = try Bench()
    _ = try await bench.send(bench.sync("r-1", products.joined(separator: ",")))
    let menus = try MenuStore(folder: bench.folder.file("menus"))
    return try Menu(menus, account: "kopi", store: "east", contract: bench.contract)
  }

  @Test("dishes have a price, are available and of one currency; modifiers may cost nothing")
  func chosen() async throws {
    let menu = try #require(
      try await menu([
        product("gone", status: "UNAVAILABLE"), product("free", "SINGLE", nil),
        product("zero", "SINGLE", "0"), product("1"), product("2", currency: "EUR"), product("3"),
        product("set", "COMBO"), product("group", "GROUP", nil), product("m", "MODIFIER", nil),
        product("n", "MODIFIER", "20"), product("e", "MODIFIER", currency: "EUR"),
      ]))
    #expect(menu.dishes.map(\.id) == ["1", "3"])
    #expect(menu.modifiers.map(\.id) == ["m", "n"])
    #expect(menu.modifiers.map(\.price?.value) == [nil, 20])
    #expect(menu.currency.code == "SGD")
  }

  @Test("a menu of which nothing can be ordered is none")
  func none() async throws {
    #expect(try await menu([]) == nil)
    #expect(try await menu([product("free", "SINGLE", nil), product("m", "MODIFIER")]) == nil)
  }

  @Test(
    "invented prices fit the currency",
    arguments: [
      ("SGD", [650, 720, 280, 350]), ("JPY", [6, 7, 2, 3]), ("KWD", [6500, 7200, 2800, 3500]),
    ])
  func invented(_ code: String, _ prices: [Int64]) throws {
    let menu = Menu(inventedIn: try #require(Currency(code: code)))
    #expect(menu.dishes.map { $0.price?.value } == prices)
    #expect(menu.dishes.allSatisfy { $0.price?.currency.code == code })
  }
}

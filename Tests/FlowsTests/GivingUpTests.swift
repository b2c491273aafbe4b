import LedgerStore
import Records
import Settings
import Simulator
import TestSupport
import Testing

@testable import Flows

/// What becomes of a list that D-Store does not decide on for long.
@Suite struct GivingUpTests {
  private static let broken = [Fault?](repeating: .httpStatus(500), count: 4)
  private static let newer = ProductShop.menu.replacing("6.50", with: "6.60")

  @Test("D-Store answers again after days: the list is sent once more, and accepted")
  func backAfterDays() async throws {
    let shop = try await ProductShop()
    shop.drop(ProductShop.menu)
    shop.faults.add(Self.broken)
    #expect(try await shop.run().ends == ["products/menu.csv waiting"])
    shop.pass(.seconds(3 * 86_400))
    let report = try await shop.run()
    #expect(report.repeated.map(\.words) == ["4 products accepted for S-1"])
    #expect(report.repeated.map(\.needsPerson) == [false])
    #expect(try shop.standing == ["S-1 accepted 5"])
    #expect(Set(shop.requests.map(\.requestId)).count == 1)
    await shop.end()
  }

  @Test("without a newer list it is tried on, however long D-Store does not decide")
  func triedOn() async throws {
    let shop = try await ProductShop()
    shop.drop(ProductShop.menu)
    for run in 1...5 {
      shop.faults.add(Self.broken)
      _ = try await shop.run()
      #expect(try shop.standing == ["S-1 open \(4 * run)"])
      shop.pass(.seconds(86_400))
    }
    _ = try await shop.run()
    #expect(try shop.standing == ["S-1 accepted 21"])
    await shop.end()
  }

  @Test("a newer list takes its place once this run has tried it in vain")
  func replaced() async throws {
    let shop = try await ProductShop()
    shop.drop(ProductShop.menu)
    shop.faults.add(Self.broken)
    _ = try await shop.run()
    shop.pass(.seconds(86_401))
    shop.drop(Self.newer, as: "menu2.csv")
    shop.faults.add(Self.broken)
    let report = try await shop.run()
    #expect(report.ends == ["products/menu.csv superseded", "products/menu2.csv sent"])
    #expect(
      report.files.first?.summary
        == "the list for store S-1 was given up for a newer one after 8 tries, the last one: "
        + "D-Store answered HTTP 500")
    #expect(report.files.map(\.needsPerson) == [false, false])
    #expect(report.repeated.isEmpty)
    #expect(report.problems == [])
    #expect(try shop.standing == ["S-1 superseded 8", "S-1 accepted 1"])
    #expect(shop.requests.last?.effect == .menuReplaced(store: "S-1", products: 4))
    let day = try #require(shop.folder.names(in: "Inbox/archive").first)
    #expect(shop.folder.names(in: "Inbox/archive/\(day)") == ["menu.csv", "menu2.csv"])
    #expect(shop.folder.names(in: "Inbox/rejected") == [])
    #expect(shop.folder.names(in: ".connector/payloads").count == 1)
    await shop.end()
  }

  @Test(
    "a newer list waits where the time is not over, or this run has not tried the earlier one",
    arguments: [(Fault.httpStatus(500), 4, 3_500, 8), (.rateLimited(retryAfter: 300), 1, 200, 1)])
  func waits(_ fault: Fault, _ count: Int, _ seconds: Int, _ tries: Int) async throws {
    let shop = try await ProductShop(
      more: "giveUpAfter: \(fault == .httpStatus(500) ? "1h" : "1m")")
    shop.drop(ProductShop.menu)
    shop.faults.add(Array(repeating: fault, count: count))
    _ = try await shop.run()
    shop.pass(.seconds(seconds))
    shop.drop(Self.newer, as: "menu2.csv")
    shop.faults.add(Array(repeating: fault, count: count))
    let report = try await shop.run()
    #expect(report.ends == ["products/menu2.csv waiting"])
    #expect(try shop.standing == ["S-1 open \(tries)"])
    await shop.end()
  }

  @Test("a newer list that a guard holds back takes nobody's place")
  func held() async throws {
    let shop = try await ProductShop()
    shop.drop(ProductShop.menu)
    _ = try await shop.run()
    shop.drop(Self.newer)
    shop.faults.add(Self.broken)
    _ = try await shop.run()
    shop.pass(.seconds(86_401))
    shop.drop("Code,Name,Price\nA1,Laksa,6.70\n", as: "menu2.csv")
    shop.faults.add(Self.broken)
    let report = try await shop.run()
    #expect(report.ends == ["products/menu2.csv held"])
    #expect(try shop.standing == ["S-1 accepted 1", "S-1 open 8"])
    await shop.end()
  }

  @Test("an earlier file that another store's list has accepted ends with what became of each")
  func severalStores() async throws {
    let shop = try await ProductShop(stores: ["S-1", "S-2"])
    shop.drop(ProductShop.menu(of: ["S-1", "S-2"]))
    shop.faults.add([nil] + Self.broken)
    _ = try await shop.run()
    #expect(try shop.standing == ["S-1 accepted 1", "S-2 open 4"])
    shop.pass(.seconds(86_401))
    shop.drop(ProductShop.menu(of: ["S-1", "S-2"], price: "6.60"), as: "menu2.csv")
    shop.faults.add(Self.broken)
    let report = try await shop.run()
    #expect(report.ends == ["products/menu.csv superseded", "products/menu2.csv sent"])
    #expect(
      report.files.first?.summary
        == "1 products accepted for S-1; the list for store S-2 was given up for a newer one after "
        + "8 tries, the last one: D-Store answered HTTP 500")
    await shop.end()
  }

  @Test("a catalogue's list is given up only where each of its mappings has a newer one")
  func catalogue() async throws {
    let shop = try await ProductShop()
    let menu = try #require(shop.folder.text("Mappings/menu.yaml"))
    shop.folder.remove("Mappings/menu.yaml")
    for name in ["drinks", "food"] {
      shop.folder.write(
        menu.replacing("menu", with: name) + "catalogue: all\n", to: "Mappings/\(name).yaml")
    }
    func drop(_ name: String, _ price: String) {
      shop.drop("Code,Name,Price\n\(name),\(name),\(price)\n", as: "\(name)\(price).csv")
    }
    for name in ["drinks", "food"] { drop(name, "0") }
    _ = try await shop.run()
    for name in ["drinks", "food"] { drop(name, "1") }
    shop.faults.add(Self.broken)
    #expect(
      try await shop.run().ends.sorted() == [
        "products/drinks1.csv waiting", "products/food1.csv waiting",
      ])
    shop.pass(.seconds(86_401))
    drop("food", "2")
    shop.faults.add(Self.broken)
    let alone = try await shop.run()
    #expect(alone.ends == ["products/food2.csv waiting"])
    #expect(
      alone.files.first?.summary == "the last sync of store S-1 is still undecided at D-Store")
    #expect(try shop.standing == ["S-1 accepted 1", "S-1 open 8"])
    shop.pass(.seconds(86_401))
    drop("drinks", "2")
    shop.faults.add(Self.broken)
    let both = try await shop.run()
    #expect(
      both.ends.sorted() == [
        "products/drinks1.csv superseded", "products/drinks2.csv sent",
        "products/food1.csv superseded", "products/food2.csv sent",
      ])
    #expect(try shop.standing == ["S-1 accepted 1", "S-1 superseded 12", "S-1 accepted 1"])
    #expect(shop.requests.last?.effect == .menuReplaced(store: "S-1", products: 2))
    await shop.end()
  }
}

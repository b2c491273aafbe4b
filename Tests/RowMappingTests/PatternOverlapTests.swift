import Testing

@testable import RowMapping

@Suite struct PatternOverlapTests {
  @Test(
    "two patterns overlap where one name fits both",
    arguments: [
      ("products/*.csv", "products/*.csv", true), ("products/*.csv", "products/mods*.csv", true),
      ("products/items*.csv", "products/mods*.csv", false),
      ("products/*_items.csv", "products/*_mods.csv", false),
      ("products/menu*.csv", "products/*mods.csv", true), ("products/*.csv", "mods/*.csv", false),
      ("products/*.csv", "products/*.json", false), ("a?.csv", "ab.csv", true),
      ("a[0-9].csv", "ab.csv", false), ("a[!0-9].csv", "ab.csv", true), ("a*", "a/b", false),
      ("a.CSV", "a.csv", true), ("[a", "[a", true), ("*a*b", "*ab*", true), ("", "", true),
      ("items.csv", "items.csv.csv", false),
    ])
  func overlaps(_ first: String, _ second: String, _ isSo: Bool) {
    #expect(PatternOverlap.exists(first, second) == isSo)
    #expect(PatternOverlap.exists(second, first) == isSo)
  }
}

import Testing

@testable import ExportReading

@Suite struct WildcardTests {
  @Test(
    "a star stands for any text, letters for both their cases",
    arguments: [
      ("SKU", "sku", true), ("SKU", "SKU ", false), ("Price [*]", "Price [Main]", true),
      ("Price [*]", "Price []", true), ("Price [*]", "Price", false), ("*", "", true),
      ("*Name", "Item Name", true), ("*Name", "Name of item", false), ("a*a", "a", false),
      ("a*b*c", "aXbXbYc", true), ("a*b*c", "acb", false), ("", "", true), ("", "x", false),
      ("Modifier - \"*\"", "Modifier - \"Milk\"", true), ("a**b", "ab", true),
    ])
  func matches(_ pattern: String, _ text: String, _ isMatch: Bool) {
    #expect(Wildcard(pattern).matches(text) == isMatch)
  }
}

import Testing

@testable import Records

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
    #expect(Wildcard(pattern, ignoringCase: true).matches(text) == isMatch)
  }

  @Test(
    "with case, letters are themselves alone",
    arguments: [
      ("A*", "Ab", true), ("A*", "ab", false), ("*b*", "abc", true), ("a*a", "a", false),
      ("a*a", "aa", true), ("*", "", true), ("Caf\u{E9}", "Cafe\u{301}", false),
    ])
  func matchesCase(_ pattern: String, _ text: String, _ isMatch: Bool) {
    #expect(Wildcard(pattern).matches(text) == isMatch)
    #expect(Bytes.withBytes(of: text) { Wildcard(pattern).matches($0) } == isMatch)
  }

  @Test("without case, a letter is the same however it is composed")
  func composed() {
    #expect(Wildcard("Caf\u{E9}*", ignoringCase: true).matches("CAFE\u{301} 1"))
  }
}

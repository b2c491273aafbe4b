import InboxFiles
import Testing

@Suite struct NaturalOrderTests {
  @Test(
    "digits are compared as numbers",
    arguments: [
      ("menu2.csv", "menu10.csv"),
      ("menu", "menu1"),
      ("menu-2026-1-31.csv", "menu-2026-01-32.csv"),
      ("menu-1a2b.csv", "menu.csv"),
      ("a", "b"),
      ("a9", "b1"),
      ("menu99999999999999999998", "menu99999999999999999999"),
      ("menu9", "menu10000000000000000000000000000000"),
      ("x1y2", "x1y10"),
      ("", "a"),
      ("1", "a"),
    ])
  func order(earlier: String, later: String) {
    #expect(naturalOrder(earlier, later))
    #expect(!naturalOrder(later, earlier))
  }

  @Test("names that differ in leading zeros still have one order")
  func leadingZeros() {
    #expect(naturalOrder("menu01", "menu1"))
    #expect(!naturalOrder("menu1", "menu01"))
    #expect(!naturalOrder("menu1", "menu1"))
  }

  @Test("sorting gives one order whatever it begins with")
  func sorting() {
    let sorted = ["a1", "a01b", "a1b", "a2", "a02", "a10", "b", "ä1", "ä2"].sorted(by: naturalOrder)
    for _ in 0..<20 { #expect(sorted.shuffled().sorted(by: naturalOrder) == sorted) }
  }
}

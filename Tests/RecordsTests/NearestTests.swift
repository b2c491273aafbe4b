import Records
import Testing

struct NearestTests {
  @Test(
    "the name that was most likely meant is the one with the fewest edits",
    arguments: [
      ("nmae", ["name", "note"], "name"), ("cvs", ["csv", "json"], "csv"),
      ("Prce", ["Price", "Prince"], "Price"), ("PRICE", ["Price"], "Price"),
      ("VKPreis", ["vkNetto", "Preis"], "Preis"), ("x", ["y"], "y"), ("ab", ["xy"], nil),
      ("Price", ["Availability"], nil), ("", [], nil), ("SGT", ["SGD", "BGN"], "SGD"),
    ] as [(String, [String], String?)])
  func guesses(name: String, candidates: [String], guess: String?) {
    #expect(nearest(to: name, among: candidates) == guess)
    #expect(
      suggestion(for: name, among: candidates) == (guess.map { "Did you mean \"\($0)\"?" } ?? ""))
  }

  @Test("a name as long as a cell costs no more than any other")
  func staysQuick() {
    let long = String(repeating: "x", count: 30_000)
    let time = ContinuousClock().measure {
      for _ in 0..<20 { #expect(nearest(to: long, among: ["Price", "Name", "SKU"]) == nil) }
    }
    #expect(time < .seconds(2))
  }
}

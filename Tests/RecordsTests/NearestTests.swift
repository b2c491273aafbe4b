import Records
import Testing

struct NearestTests {
  @Test(
    "the name that was most likely meant is the one with the fewest edits",
    arguments: [
      ("nmae", ["name", "note"], "name"), ("cvs", ["csv", "json"], "csv"),
      ("Prce", ["Price", "Prince"], "Price"), ("PRICE", ["Price"], "Price"),
      ("VKPreis", ["vkNetto", "Preis"], "Preis"), ("x", ["y"], nil), ("ab", ["xy"], nil),
      ("n", ["N"], "N"),
      ("Price", ["Availability"], nil), ("", [], nil), ("SGT", ["SGD", "BGN"], "SGD"),
    ] as [(String, [String], String?)])
  func guesses(name: String, candidates: [String], guess: String?) {
    #expect(nearest(to: name, among: candidates) == guess)
    #expect(
      suggestion(for: name, among: candidates) == (guess.map { "Did you mean \"\($0)\"?" } ?? ""))
  }
}

import InboxFiles
import Records
import Testing

@Suite struct ProblemGroupsTests {
  private func price(_ line: Int, _ value: String) -> Problem {
    Problem(
      "not-an-amount", at: Place(file: "Inbox/menu.csv", line: line, field: "Price"),
      value: value, "it is no amount", remedy: "Write a number.")
  }

  @Test("equal problems are told once, with their number and the first lines")
  func groups() {
    var groups = ProblemGroups((2...8).map { price($0, "x\($0)") })
    groups.add(Problem("no-rows", "the file has no rows"))
    #expect(groups.total == 8)
    #expect(groups.groups.map(\.count) == [7, 1])
    #expect(
      groups.groups.map(\.description) == [
        "7 times, lines 2, 3, 4, 5, 6, …; the first one: Inbox/menu.csv, line 2, \"Price\": it is "
          + "no amount (found: \"x2\"). Write a number.",
        "the file has no rows.",
      ])
  }

  @Test("few lines are told without an ellipsis, and none without lines")
  func lines() {
    let two = ProblemGroups([price(2, "a"), price(9, "b")])
    #expect(two.groups[0].description.hasPrefix("2 times, lines 2, 9; the first one: "))
    let none = ProblemGroups([Problem("a", "b"), Problem("a", "b")])
    #expect(none.groups[0].description == "2 times; the first one: b.")
  }

  @Test("columns and messages keep groups apart")
  func apart() {
    var other = price(3, "x")
    other.place.field = "Cost"
    var third = price(4, "x")
    third.message = "it is negative"
    #expect(ProblemGroups([price(2, "x"), other, third]).groups.count == 3)
  }

  @Test("the number of groups is bounded, the count is not")
  func bounded() {
    let groups = ProblemGroups((0..<250).map { Problem("c", "message \($0)") })
    #expect(groups.groups.count == 100)
    #expect(groups.total == 250)
    #expect(groups.ungrouped == 150)
  }
}

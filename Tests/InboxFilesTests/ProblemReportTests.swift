import InboxFiles
import Records
import Testing

@Suite struct ProblemReportTests {
  let folder = TestInbox("rejected")
  let problem = Problem(
    "no-column", at: Place(file: "Inbox/products/menu.csv", line: 1), "the column Price is missing",
    remedy: "Let the POS export it.")

  @Test("a file that is wrong as a whole gets a text")
  func text() throws {
    let report = ProblemReport(
      headline: "Inbox/products/menu.csv was refused; nothing of it was sent.",
      problems: ProblemGroups([problem]), next: "Fix the export and drop it again.")
    try folder.inbox.write(report, beside: "rejected/menu.csv")
    #expect(folder.files == ["rejected/menu.csv.problem.txt"])
    #expect(
      folder.read("rejected/menu.csv.problem.txt") == """
        Inbox/products/menu.csv was refused; nothing of it was sent.

        - Inbox/products/menu.csv, line 1: the column Price is missing. Let the POS export it.

        Fix the export and drop it again.

        """)
  }

  @Test("bad rows get a table besides, and the text has the true number")
  func table() throws {
    let rows = RejectedRows(header: [])
    for line in 1...1200 { rows.add(line: line, record: line, [problem]) }
    let problems = ProblemGroups((0..<1200).map { Problem("c", "message \($0 % 150)") })
    let report = ProblemReport(
      headline: "Refused.", problems: problems, rows: rows, next: "Fix it.")
    try folder.inbox.write(report, beside: "rejected/menu.csv")
    let table = "menu.csv.problems.csv"
    #expect(folder.files == ["rejected/menu.csv.problem.txt", "rejected/\(table)"])
    #expect(folder.read("rejected/\(table)") == rows.bytes.text)
    let lines = folder.read("rejected/menu.csv.problem.txt")?.split(separator: "\n") ?? []
    #expect(lines[1] == "1200 problems:")
    #expect(lines[2] == "- 8 times; the first one: message 0.")
    #expect(
      lines.suffix(3) == [
        "- and 400 more of other kinds.",
        "The first 1000 of 1200 bad rows: \(table)",
        "Fix it.",
      ])
  }

  @Test("a second report takes the first one's place, and both go together")
  func again() throws {
    let rows = RejectedRows(header: [])
    rows.add(line: 1, record: 1, [problem])
    var report = ProblemReport(
      headline: "First.", problems: ProblemGroups([problem]), rows: rows, next: "Fix it.")
    try folder.inbox.write(report, beside: "rejected/menu.csv")
    #expect(
      folder.read("rejected/menu.csv.problem.txt")?.contains(
        "\nThe bad row: menu.csv.problems.csv\n") == true)
    report.headline = "Second."
    report.rows = nil
    try folder.inbox.write(report, beside: "rejected/menu.csv")
    #expect(folder.files == ["rejected/menu.csv.problem.txt"])
    #expect(folder.read("rejected/menu.csv.problem.txt")?.hasPrefix("Second.\n") == true)
    for _ in 0..<2 { try folder.inbox.removeReports(beside: "rejected/menu.csv") }
    #expect(folder.files == [])
  }
}

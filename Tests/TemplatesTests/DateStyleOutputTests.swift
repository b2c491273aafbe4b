import Records
import Templates
import Testing

/// Times of D-Store's as the POS wants them.
struct DateStyleOutputTests {
  private static let singapore = Zone(name: "Asia/Singapore", offsetSeconds: 8 * 3600)

  private func write(_ text: String, _ pattern: String?) -> String {
    var style = DateStyle(zone: Self.singapore)
    style.pattern = pattern.flatMap { DateStyle.Pattern($0, isForOutput: true) }
    return reading(text) { bytes throws(Problem) in
      let output = ByteOutput()
      try style.local(bytes, into: output)
      return output.bytes.text
    }
  }

  @Test(
    "a time is written as the clock of the zone shows it",
    arguments: [
      (nil, "2026-01-31T04:08:56Z", "2026-01-31T12:08:56+08:00"),
      (nil, "2026-01-31T23:08:56.5-0500", "2026-02-01T12:08:56+08:00"),
      (nil, "1769832536000", "2026-01-31T12:08:56+08:00"),
      ("dd.MM.yyyy HH:mm:ss", "2026-01-31T23:08:56+00:00", "01.02.2026 07:08:56"),
      ("d.M.yy H:m", "2026-02-01T07:05:00+08:00", "1.2.26 7:5"),
      ("d.M.yy H:m", "2026-12-31T17:45:00+08:00", "31.12.26 17:45"),
      ("yyyyMMddTHHmmss", "2026-01-31 12:08", "20260131T120800"),
      ("HH:mm", "2026-01-31T00:00:00+08:00", "00:00"),
      ("yyyy", "2026-01-31", "2026"),
    ])
  func writes(pattern: String?, time: String, written: String) {
    #expect(write(time, pattern) == written)
  }

  @Test("what is no time is a problem", arguments: ["soon", "31.01.2026", "12345678901234", ""])
  func refuses(text: String) {
    #expect(
      write(text, "HH:mm")
        == "this is no time of ISO 8601 (found: \"\(text)\"). Take the filter date away, and the "
        + "field is written as it came.")
  }

  @Test(
    "a pattern to write by may show a part of the time, one to read by may not",
    arguments: [("HH:mm", true), ("MM", true), ("hh", false), ("", false), ("HH HH", false)])
  func knowsPatterns(text: String, isForOutput: Bool) {
    #expect((DateStyle.Pattern(text, isForOutput: true) != nil) == isForOutput)
    #expect(DateStyle.Pattern(text) == nil)
  }

  @Test("the filter date writes where the mapping writes, and reads where it reads")
  func followsDirection() {
    let bench = Bench(["at": "2026-01-31T04:08:56Z"])
    #expect(bench.text("${at | date}") == "2026-01-31T04:08:56+00:00")
    bench.styles.dates.zone = Self.singapore
    bench.styles.isForOutput = true
    #expect(bench.text("${at | date}") == "2026-01-31T12:08:56+08:00")
    #expect(bench.text("${at | date(\"HH.mm\")} h") == "12.08 h")
    #expect(
      bench.text("${at | date(\"hh\")}")
        == "m.yaml, line 3, position 9: a date pattern is made of yyyy MM dd HH mm ss and signs "
        + "between them, like dd.MM.yyyy or HH:mm; hh with a is a clock of 12 hours, and unix means "
        + "seconds since 1970 (found: \"hh\").")
    #expect(bench.text("${at | date(\"hh:mm a\")}") == "12:08 PM")
    #expect(bench.text("${at | date(\"unix\")}") == "1769832536")
  }
}

import Records
import Templates
import Testing

struct DateStyleTests {
  private static let singapore = Zone(name: "Asia/Singapore", offsetSeconds: 8 * 3600)
  private static let newfoundland = Zone(name: "America/St_Johns", offsetSeconds: -12600)

  private func read(_ text: String, _ pattern: String?, _ zone: Zone = singapore) -> String {
    let style = DateStyle(pattern: pattern.flatMap { DateStyle.Pattern($0) }, zone: zone)
    return reading(text) { bytes throws(Problem) in
      let output = ByteOutput()
      try style.iso8601(bytes, into: output)
      return output.bytes.text
    }
  }

  @Test(
    "a time is written as ISO 8601 with an offset",
    arguments: [
      (nil, "2026-01-31", "2026-01-31T00:00:00+08:00"),
      (nil, "2026-01-31T12:08", "2026-01-31T12:08:00+08:00"),
      (nil, "2026-01-31 12:08", "2026-01-31T12:08:00+08:00"),
      (nil, "2026-01-31T12:08:56", "2026-01-31T12:08:56+08:00"),
      (nil, "2026-01-31 12:08:56.789", "2026-01-31T12:08:56+08:00"),
      (nil, "2026-01-31T12:08:56,789Z", "2026-01-31T12:08:56+00:00"),
      (nil, "2026-01-31T12:08:56+0100", "2026-01-31T12:08:56+01:00"),
      (nil, "2026-01-31T12:08:56-05", "2026-01-31T12:08:56-05:00"),
      (nil, "2026-01-31T12:08:56 +05:30", "2026-01-31T12:08:56+05:30"),
      (nil, "2028-02-29", "2028-02-29T00:00:00+08:00"),
      ("dd.MM.yyyy", "31.01.2026", "2026-01-31T00:00:00+08:00"),
      ("d.M.yy H:mm", "1.2.26 7:05", "2026-02-01T07:05:00+08:00"),
      ("d.M.yy H:mm", "11.12.26 17:05", "2026-12-11T17:05:00+08:00"),
      ("MM/dd/yyyy HH:mm:ss", "01/31/2026 23:59:59", "2026-01-31T23:59:59+08:00"),
      ("yyyyMMddHHmm", "202601311208", "2026-01-31T12:08:00+08:00"),
      ("yyyy年MM月dd日", "2026年01月31日", "2026-01-31T00:00:00+08:00"),
      ("dd.MM.yyyy HH:mm", "31.01.2026 12:08+02:00", "2026-01-31T12:08:00+02:00"),
      ("dd.MM.yyyy", "2026-01-31T12:08:56+02:00", "2026-01-31T12:08:56+02:00"),
      ("MM/dd/yyyy hh:mm a", "11/28/2026 08:07 PM", "2026-11-28T20:07:00+08:00"),
      ("MM/dd/yyyy h:mm a", "11/28/2026 12:07 am", "2026-11-28T00:07:00+08:00"),
      ("yyyy-MM-dd a hh:mm", "2026-11-28 下午 12:07", "2026-11-28T12:07:00+08:00"),
      ("unix", "1795867620", "2026-11-28T20:07:00+08:00"),
      ("unix", "1795867620123", "2026-11-28T20:07:00+08:00"),
      ("dd.MM.yyyy", "٣١.٠١.٢٠٢٦", "2026-01-31T00:00:00+08:00"),
    ] as [(String?, String, String)])
  func reads(pattern: String?, text: String, time: String) {
    #expect(read(text, pattern) == time)
  }

  @Test("an offset before noon of half hours is written with its sign")
  func writesNegativeOffset() {
    #expect(read("2026-01-31", nil, Self.newfoundland) == "2026-01-31T00:00:00-03:30")
  }

  @Test(
    "what is no time is refused",
    arguments: [
      (nil, ""), (nil, "yesterday"), (nil, "2026-02-30"), (nil, "2026-13-01"), (nil, "2026-1-1"),
      (nil, "2026-01-31T24:00"), (nil, "2026-01-31T12:60"), (nil, "2026-01-31T12:08x"),
      (nil, "2026-01-31T12:08:56+99:00"), (nil, "2026-01-31T12:08:56+08:60"),
      (nil, "2026-01-31T12:08:56++80"), (nil, "2026-01-31T12:08:56+8"), (nil, "1999-12-31"),
      (nil, "31.01.2026"), ("dd.MM.yyyy", "2026-01-31"), ("dd.MM.yyyy", "31.01.26"),
      ("dd.MM.yyyy", "31.01.2026 12:08"), ("dd.MM.yyyy", "29.02.2026"),
      ("yyyy-MM-dd", "0026-01-31"),
      ("d.M.yyyy", ".1.2026"),
    ] as [(String?, String)])
  func refuses(pattern: String?, text: String) {
    #expect(
      read(text, pattern) == "this is not a time as the mapping writes them (found: "
        + "\(Problem.shown(text))). State how the export writes it, for example dates: dd.MM.yyyy "
        + "HH:mm. A year before 2000 is never read: it comes from a clock that was reset.")
  }

  @Test(
    "what is no pattern is refused",
    arguments: [
      "", "dd.MM", "dd.MM.yyyy hh", "dd.MM.yyyy dd", "yyy-MM-dd", "yyyyyyyyyyyyyyyyyyyyyyyy-MM-dd",
      "dd MMM yyyy", "ddd.MM.yyyy", "y-M-d",
    ])
  func refusesPattern(text: String) {
    #expect(DateStyle.Pattern(text) == nil)
  }
}

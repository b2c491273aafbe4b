import Testing

@testable import Contract

@Suite struct TimeTextTests {
  @Test(
    "times are read leniently",
    arguments: [
      "2026-01-31T12:08:56+08:00", "2026-01-31T12:08:56Z", "2026-01-31T12:08:56+0800",
      "2026-01-31T12:08:56.123Z", "2026-01-31T12:08:56.1-03:30", "1769832536000",
    ])
  func times(text: String) { #expect(TimeText(text).isTime) }

  @Test(
    "what is no point in time is refused",
    arguments: [
      "", "today", "2026-01-31", "2026-01-31T12:08:56", "2026-01-31 12:08:56Z",
      "2026-13-31T12:08:56Z", "2026-00-31T12:08:56Z", "2026-01-32T12:08:56Z",
      "2026-01-31T24:08:56Z", "2026-01-31T12:60:56Z", "2026-01-31T12:08:61Z",
      "2026-01-31T12:08:56.Z", "2026-01-31T12:08:56+8", "2026-01-31T12:08:56+24:00",
      "2026-01-31T12:08:56+08:00x", "2026-01-31T12:08:56+", "17698325360000", "176983253600x",
    ])
  func others(text: String) { #expect(!TimeText(text).isTime) }
}

import Testing

@testable import Records

struct WireTimeTests {
  @Test(
    "a moment is written with a numeric offset, to the second",
    arguments: [
      (1_769_832_536_000, 480, "2026-01-31T12:08:56+08:00"),
      (1_769_832_536_999, 0, "2026-01-31T04:08:56+00:00"),
      (1_769_832_536_000, -210, "2026-01-31T00:38:56-03:30"),
      (-1, 0, "1969-12-31T23:59:59+00:00"),
      (951_782_400_000, 345, "2000-02-29T05:45:00+05:45"),
    ] as [(Int64, Int, String)])
  func writes(milliseconds: Int64, offset: Int, text: String) {
    #expect(WireTime.text(epochMilliseconds: milliseconds, offsetMinutes: offset) == text)
  }

  @Test("a zone gives the offset of the moment")
  func zone() {
    let zone = Zone(name: "Asia/Singapore", offsetSeconds: 28_800)
    #expect(
      WireTime.text(epochMilliseconds: 1_769_832_536_000, zone: zone)
        == "2026-01-31T12:08:56+08:00")
  }

  @Test(
    "times are read leniently",
    arguments: [
      ("2026-01-31T12:08:56+08:00", 1_769_832_536_000),
      ("2026-01-31T04:08:56Z", 1_769_832_536_000),
      ("2026-01-31t04:08:56z", 1_769_832_536_000),
      ("2026-01-31T12:08:56+0800", 1_769_832_536_000),
      ("2026-01-31 12:08:56+08", 1_769_832_536_000),
      ("2026-01-31T00:38:56-03:30", 1_769_832_536_000),
      ("2026-01-31T04:08:56.5Z", 1_769_832_536_500),
      ("2026-01-31T04:08:56,078912345Z", 1_769_832_536_078),
      ("2026-01-31T04:08Z", 1_769_832_480_000),
      ("1769832536123", 1_769_832_536_123),
      ("2016-12-31T23:59:60Z", 1_483_228_800_000),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000),
      ("9999-12-31T23:59:59Z", 253_402_300_799_000),
    ] as [(String, Int64)])
  func reads(text: String, milliseconds: Int64) {
    #expect(WireTime.parse(text) == milliseconds)
  }

  @Test(
    "what is no time, or has no offset, is not read",
    arguments: [
      "", "now", "2026-01-31", "2026-01-31T12:08:56", "2026-02-29T00:00:00Z",
      "2026-13-01T00:00:00Z", "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z",
      "2026-01-31T12:08:56.Z", "2026-01-31T12:08:56+8", "2026-01-31T12:08:56+08:",
      "2026-01-31T12:08:56+08:60", "2026-01-31T12:08:56+24:00", "2026-01-31T12:08:56Zx",
      " 2026-01-31T12:08:56Z", "176983253612", "17698325361234", "176983253612x",
      "２026-01-31T12:08:56Z",
    ])
  func refuses(text: String) {
    #expect(WireTime.parse(text) == nil)
  }

  @Test("what is written is read back, across leap years and centuries")
  func roundTrip() {
    for day in stride(from: -700_000 as Int64, to: 2_900_000, by: 271) {
      let moment = day * 86_400_000 + 12_345_000
      let text = WireTime.text(epochMilliseconds: moment, offsetMinutes: -570)
      #expect(WireTime.parse(text) == moment, "\(text)")
    }
  }
}

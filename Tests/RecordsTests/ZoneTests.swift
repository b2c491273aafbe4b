import Foundation
import Records
import Testing

struct ZoneTests {
  static let names = [
    "Asia/Singapore", "Europe/Berlin", "America/New_York", "Australia/Sydney", "Europe/Dublin",
    "America/Nuuk", "Asia/Kathmandu", "Pacific/Apia", "UTC",
  ]

  private static func zone(_ name: String) throws -> Zone {
    let file = URL(filePath: "/usr/share/zoneinfo/\(name)")
    return try #require(Zone(name: name, tzif: [UInt8](try Data(contentsOf: file))))
  }

  @Test("offsets agree with Foundation from 1950 to 2080", arguments: names)
  func againstFoundation(name: String) throws {
    let zone = try Self.zone(name)
    let other = try #require(TimeZone(identifier: name))
    for seconds in stride(from: -630_000_000 as Int64, to: 2_145_000_000, by: 200_003) {
      let moment = Date(timeIntervalSince1970: Double(seconds))
      #expect(zone.offsetSeconds(at: seconds) == other.secondsFromGMT(for: moment), "\(moment)")
    }
  }

  @Test("the yearly rule goes on where the table of changes ends")
  func rule() throws {
    let berlin = try Self.zone("Europe/Berlin")
    for (year, month, offset) in [(2090, 1, 3_600), (2090, 7, 7_200), (9000, 7, 7_200)] {
      let noon = try #require(CivilTime(year: year, month: month, day: 15, hour: 12))
      #expect(berlin.offsetSeconds(at: noon.epochSeconds) == offset)
    }
    let sydney = try Self.zone("Australia/Sydney")
    for (month, offset) in [(1, 39_600), (7, 36_000), (12, 39_600)] {
      let noon = try #require(CivilTime(year: 2090, month: month, day: 15, hour: 12))
      #expect(sydney.offsetSeconds(at: noon.epochSeconds) == offset)
    }
    // The last Sunday of March 2090 is the 26th; clocks go on at 01:00 UTC.
    let change = try #require(CivilTime(year: 2090, month: 3, day: 26, hour: 1)).epochSeconds
    #expect(berlin.offsetSeconds(at: change - 1) == 3_600)
    #expect(berlin.offsetSeconds(at: change) == 7_200)
  }

  @Test("a local time leads to its moment: the earlier one where the clock shows it twice")
  func localTimes() throws {
    let berlin = try Self.zone("Europe/Berlin")
    let table: [(Int, Int, Int, Int, Int64)] = [
      // Winter, summer.
      (1, 15, 12, 0, 1_768_474_800), (7, 15, 12, 0, 1_784_109_600),
      // Skipped on 29 March 2026, shown twice on 25 October 2026.
      (3, 29, 2, 30, 1_774_747_800), (10, 25, 2, 30, 1_792_888_200),
    ]
    for (month, day, hour, minute, moment) in table {
      let time = try #require(
        CivilTime(year: 2026, month: month, day: day, hour: hour, minute: minute))
      #expect(berlin.epochSeconds(of: time) == moment, "\(time)")
    }
    #expect(berlin.time(at: 1_784_109_600).hour == 12)
  }

  @Test("what is no TZif file is no zone, and a cut one never crashes")
  func refused() throws {
    let whole = [UInt8](try Data(contentsOf: URL(filePath: "/usr/share/zoneinfo/Europe/Berlin")))
    #expect(Zone(name: "x", tzif: []) == nil)
    #expect(Zone(name: "x", tzif: Array("# tzdb".utf8)) == nil)
    for count in stride(from: 0, to: whole.count - 100, by: 7) {
      #expect(Zone(name: "x", tzif: Array(whole.prefix(count))) == nil)
    }
    for place in stride(from: 0, to: whole.count, by: 3) {
      var changed = whole
      changed[place] ^= 0xFF
      _ = Zone(name: "x", tzif: changed)?.offsetSeconds(at: 4_000_000_000)
    }
  }

  @Test("a fixed offset holds forever")
  func fixed() {
    let zone = Zone(name: "+08", offsetSeconds: 28_800)
    #expect(zone.offsetSeconds(at: .min) == 28_800)
    #expect(Zone.utc.offsetSeconds(at: 0) == 0)
  }
}

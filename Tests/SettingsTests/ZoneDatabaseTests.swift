import Foundation
import Records
import Testing

@testable import Settings

struct ZoneDatabaseTests {
  @Test("every zone in the database's own list is read")
  func all() throws {
    let list = try String(contentsOfFile: "/usr/share/zoneinfo/zone.tab", encoding: .utf8)
    let names = list.split(separator: "\n").filter { !$0.hasPrefix("#") }
      .map { String($0.split(separator: "\t")[2]) }
    #expect(names.count > 400)
    for name in names {
      #expect(try ZoneDatabase().zone(named: name, at: Place()).name == name)
    }
  }

  @Test("a machine without the database says what to install, and still knows UTC")
  func absent() throws {
    let database = ZoneDatabase(folder: "/nowhere")
    #expect(try database.zone(named: "UTC", at: Place()) == .utc)
    let problem = #expect(throws: Problem.self) {
      try database.zone(named: "Asia/Tokyo", at: Place())
    }
    #expect(
      problem?.description
        == """
        this machine has no time zone database in /nowhere. Install the package tzdata; timeZone: \
        UTC needs none.
        """)
  }

  @Test(
    "what is no zone's name opens nothing",
    arguments: ["", ".", "..", "/etc/passwd", "../../../etc/passwd", "Asia", "zone.tab", "SGT"])
  func refused(name: String) {
    #expect(throws: Problem.self) { try ZoneDatabase().zone(named: name, at: Place()) }
  }
}

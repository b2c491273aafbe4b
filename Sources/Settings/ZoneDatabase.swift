package import Records

/// The system's tz database, one file for each zone. FoundationEssentials knows no named zones,
/// and Foundation brings 38 MB for them.
package struct ZoneDatabase: Sendable {
  private let folder: String

  package init(folder: String = "/usr/share/zoneinfo") { self.folder = folder }

  /// The zone of an IANA name. UTC needs no database.
  ///
  /// - Throws: why there is none.
  package func zone(named name: String, at place: Place) throws(Problem) -> Zone {
    if name == "UTC" { return .utc }
    let isName = name.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7F && byte != UInt8(ascii: ".")
    }
    let isCopy = name.hasPrefix("posix/") || name.hasPrefix("right/")
    if isName, !isCopy, !name.hasPrefix("/"), let bytes = contents(name),
      let zone = Zone(name: name, tzif: bytes)
    {
      return zone
    }
    guard contents("Etc/UTC") != nil else {
      throw Problem(
        "no-zones", at: place, "this machine has no time zone database in \(folder)",
        remedy: "Install the package tzdata; timeZone: UTC needs none.")
    }
    let guess = suggestion(for: name, among: names)
    throw Problem(
      "time-zone", at: place, value: name, "there is no such time zone",
      remedy: guess.isEmpty ? "Write its IANA name, such as Asia/Singapore." : guess)
  }

  private func contents(_ name: String) -> [UInt8]? {
    try? SettingFile(name, role: "", at: Place(), workspace: folder).contents()
  }

  /// The names in use, from the third column of the database's own list.
  private var names: [String] {
    let list = String(decoding: contents("zone.tab") ?? [], as: UTF8.self)
    return list.split(separator: "\n").compactMap { line in
      let cells = line.split(separator: "\t")
      return line.hasPrefix("#") || cells.count < 3 ? nil : String(cells[2])
    }
  }
}

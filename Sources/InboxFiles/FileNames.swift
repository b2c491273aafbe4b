import Records

/// Which names of the inbox are looked at.
enum FileNames {
  /// Behind the name of a file that the POS declares complete (`ready: marker`).
  static let marker = ".done"

  static func isMarker(_ name: String) -> Bool { name.lowercased().hasSuffix(marker) }

  /// Whether a name belongs to something that is not there to be read: hidden, half copied by the
  /// usual tools, or left by the system itself.
  static func isPassedOver(_ name: Bytes) -> Bool {
    if name.isEmpty || name[0] == UInt8(ascii: ".") { return true }
    if name.count > 1, name[0] == UInt8(ascii: "~"), name[1] == UInt8(ascii: "$") { return true }
    return passedEndings.contains { name.count >= $0.count && name.ends(with: $0) }
      || systemFiles.contains { name.count == $0.count && name.ends(with: $0) }
  }

  private static let passedEndings = [
    ".tmp", ".part", ".partial", ".filepart", ".crdownload",
  ].map { Array($0.utf8) }

  /// What Windows and macOS put into folders that somebody opens there; others begin with a point.
  private static let systemFiles = [
    "thumbs.db", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini", "$recycle.bin",
    "system volume information", "icon\r", "__macosx", "@eadir", "lost+found",
  ].map { Array($0.utf8) }
}

extension Bytes {
  /// Whether it ends so, without regard to the case of A to Z; `ending` is in small letters.
  fileprivate func ends(with ending: [UInt8]) -> Bool {
    for index in ending.indices {
      let byte = self[count - ending.count + index]
      let isCapital = byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z")
      if (isCapital ? byte | 0x20 : byte) != ending[index] { return false }
    }
    return true
  }
}

/// What the encodings of text files are called.
package enum EncodingName {
  /// The encodings that files of a point of sale come in where they are not UTF-8.
  package static let usual = ["windows-1252", "iso-8859-1", "gbk", "big5", "shift_jis"]

  /// How iconv calls an encoding that somebody states; nothing for UTF-8, which needs no
  /// conversion. Whether there is such an encoding is not checked.
  package static func iconv(_ stated: String) -> String? {
    let name = stated.lowercased()
    return ["utf-8", "utf8", "utf_8"].contains(name) ? nil : supersets[name] ?? stated
  }

  /// That the machine has no such encoding, and which one may have been meant.
  package static func unknown(_ stated: String, at place: Place = Place()) -> Problem {
    let known = usual + ["utf-8", "utf-16le", "utf-16be", "euc-kr", "gb18030"]
    let hint = suggestion(for: stated, among: known)
    return Problem(
      "unknown-encoding", at: place, value: stated,
      "the encoding is not known on this machine",
      remedy: hint.isEmpty ? "`iconv -l` lists the encodings that are." : hint)
  }

  /// What programs write under these names is what Windows means by them (WHATWG Encoding
  /// Standard, "Names and labels"): a few more characters than the standards behind the names.
  private static let supersets = [
    "shift_jis": "CP932", "shift-jis": "CP932", "sjis": "CP932", "gbk": "CP936",
    "gb2312": "CP936", "big5": "CP950", "latin-1": "ISO-8859-1", "ansi": "WINDOWS-1252",
    "win-1252": "WINDOWS-1252", "utf-16-le": "UTF-16LE", "utf-16-be": "UTF-16BE",
  ]
}

import Glibc

/// What the encodings of text files are called.
package enum EncodingName {
  /// The encodings that files of a point of sale come in where they are not UTF-8.
  package static let usual = [
    "windows-1252", "iso-8859-1", "macintosh", "gbk", "gb18030", "big5", "shift_jis",
  ]

  /// How iconv calls an encoding that somebody states; nothing for UTF-8, which needs no
  /// conversion. Whether there is such an encoding is not checked.
  package static func iconv(_ stated: String) -> String? {
    let name = stated.lowercased()
    return ["utf-8", "utf8", "utf_8"].contains(name) ? nil : supersets[name] ?? stated
  }

  /// Whether this machine can convert an encoding.
  package static func isKnown(_ stated: String) -> Bool {
    guard let name = iconv(stated) else { return true }
    let converter = iconv_open("UTF-8", name)
    guard converter != iconv_t(bitPattern: -1), let converter else { return false }
    iconv_close(converter)
    return true
  }

  /// That the machine has no such encoding, and which one may have been meant.
  package static func unknown(_ stated: String, at place: Place = Place()) -> Problem {
    let known = usual + ["utf-8", "utf-16le", "utf-16be", "euc-kr", "gb18030"]
    if known.contains(stated.lowercased()) || supersets[stated.lowercased()] != nil {
      return Problem(
        "unknown-encoding", at: place, value: stated,
        "this machine has no converter for the encoding",
        remedy: "Install the converters of the C library (the folder gconv): libc6 and, in newer "
          + "releases, libc-gconv-modules-extra on Debian and Ubuntu, glibc-gconv-extra on Red Hat."
      )
    }
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

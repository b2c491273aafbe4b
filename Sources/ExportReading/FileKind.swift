import Records

/// Files that people take for text exports, known by their first bytes.
struct FileKind {
  let name: String
  let remedy: String
  private let beginnings: [[UInt8]]

  private init(_ name: String, _ beginnings: [UInt8]..., remedy: String) {
    self.name = name
    self.beginnings = beginnings
    self.remedy = remedy
  }

  /// The problem with a file that begins so, or nothing where it may be text.
  static func problem(head: Bytes, file: String) -> Problem? {
    guard let kind = all.first(where: { $0.beginnings.contains { head.begins(with: $0) } }) else {
      return nil
    }
    return Problem(
      "no-text", at: Place(file: file), "this is \(kind.name), not a text export",
      remedy: kind.remedy)
  }

  private static let saveAsCSV = "Open it in Excel and save it as \"CSV UTF-8\"."
  private static let exportAgain = "Export it from the POS as CSV or JSON."
  private static let unpack = "Unpack it, and put the files that it holds here."

  private static let all = [
    FileKind(
      "a ZIP archive or an Excel workbook (.xlsx)", [0x50, 0x4B, 3, 4], [0x50, 0x4B, 5, 6],
      remedy: "If it is a workbook, save it as CSV in Excel; if it is an archive, unpack it."),
    FileKind("an old Excel workbook (.xls)", [0xD0, 0xCF, 0x11, 0xE0], remedy: saveAsCSV),
    FileKind("a PDF document", Array("%PDF-".utf8), remedy: exportAgain),
    FileKind("a gzip archive", [0x1F, 0x8B], remedy: unpack),
    FileKind("a 7z archive", [0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], remedy: unpack),
    FileKind("a Zstandard archive", [0x28, 0xB5, 0x2F, 0xFD], remedy: unpack),
    FileKind("an xz archive", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0], remedy: unpack),
    FileKind(
      "an image", [0x89, 0x50, 0x4E, 0x47], [0xFF, 0xD8, 0xFF], Array("GIF8".utf8),
      remedy: exportAgain),
    FileKind(
      "a web page", Array("<!DOCTYPE html".utf8), Array("<!doctype html".utf8),
      Array("<html".utf8),
      remedy: "The download was probably answered with a login page; fetch it again."),
    FileKind("an XML document", Array("<?xml".utf8), remedy: exportAgain),
    FileKind("a SQLite database", Array("SQLite format 3".utf8), remedy: exportAgain),
  ]
}

extension Bytes {
  fileprivate func begins(with beginning: [UInt8]) -> Bool {
    count >= beginning.count && buffer.prefix(beginning.count).elementsEqual(beginning)
  }
}

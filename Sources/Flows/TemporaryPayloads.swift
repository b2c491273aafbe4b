import Glibc
import Records

/// A folder for payloads that nobody sends; it goes with the one that made it.
final class TemporaryPayloads {
  let path: String

  /// - Throws: a problem where no folder can be made.
  init() throws(Problem) {
    let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(base)/dstore-preview-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else {
      throw Problem(
        "unwritable", at: Place(file: base),
        "no temporary folder can be made there: \(String(cString: strerror(errno)))",
        remedy: "Free space on that disk, or set TMPDIR to another folder.")
    }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  deinit {
    PayloadFolder(path: path).removeAll(but: [])
    rmdir(path)
  }
}

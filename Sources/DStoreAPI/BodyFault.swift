import Glibc
package import Records

/// What can go wrong with a request's file, in words.
enum BodyFault {
  fileprivate static let goneCode = "request-gone"
  fileprivate static let damagedCode = "request-damaged"

  /// The system refused to write: a full disk is told apart from everything else.
  static func unwritable(_ path: String, code: Int32) -> Problem {
    let isFull = code == ENOSPC || code == EDQUOT
    return Problem(
      isFull ? "disk-full" : "unwritable", at: Place(file: path),
      isFull
        ? "there is no room left to write the request"
        : "the request cannot be written: \(words(code))",
      remedy: isFull
        ? "Free space on this disk and run again; nothing of it was sent."
        : "Make the folder writable for the user that runs the connector, then run again; "
          + "nothing of it was sent.", category: .ours)
  }

  static func unreadable(_ path: String, code: Int32) -> Problem {
    Problem(
      code == ENOENT ? goneCode : "request-unreadable", at: Place(file: path),
      "the stored request cannot be read: \(words(code))", remedy: remedy, category: .ours)
  }

  static func wrongSize(_ path: String, found: Int, recorded: Int) -> Problem {
    Problem(
      damagedCode, at: Place(file: path),
      "the stored request has \(found) bytes, but \(recorded) were recorded", remedy: remedy,
      category: .ours)
  }

  static func wrongDigest(_ path: String) -> Problem {
    Problem(
      damagedCode, at: Place(file: path),
      "the stored request is not the one that was recorded: its SHA-256 differs", remedy: remedy,
      category: .ours)
  }

  private static let remedy =
    "It is not sent, because a repeat must be the same bytes; put the file back from a backup or "
    + "give this request up."

  private static func words(_ code: Int32) -> String { String(cString: strerror(code)) }
}

extension Problem {
  /// Whether the bytes of a request are gone or damaged, so that it can never be sent again.
  package var isLostBody: Bool { code == BodyFault.goneCode || code == BodyFault.damagedCode }
}

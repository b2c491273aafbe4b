import Glibc

/// What ``DurableFile/write(_:to:replacing:)`` leaves behind where it is killed.
package enum TemporaryFiles {
  /// The hidden name under which a file is written first.
  static func name() -> String { ".\(FileName.random()).tmp" }

  /// Removes them from a folder into which nothing is written meanwhile: regular files of this user
  /// that are named as ``name()`` names them. A folder that is missing, a link or another user's is
  /// left alone.
  package static func sweep(_ path: FilePath) throws(FileFault) {
    guard let folder = try opened(path) else { return }
    for name in try folder.names() where isTemporary(name) {
      guard let status = try folder.status(of: name), status.isRegular, status.owner == geteuid()
      else { continue }
      try folder.remove(name)
    }
  }

  private static func opened(_ path: FilePath) throws(FileFault) -> Folder? {
    do { return try Folder.openIfThere(path) } catch {
      switch error.cause {
      case .link, .foreign: return nil
      default: throw error
      }
    }
  }

  private static func isTemporary(_ name: String) -> Bool {
    let word = name.utf8.dropFirst().dropLast(4)
    return name.hasPrefix(".") && name.hasSuffix(".tmp") && word.count == 16
      && word.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}

import DurableFiles

/// The empty file `NAME.done` by which a POS says that NAME is complete.
enum Marker {
  static func path(for file: FilePath) -> FilePath {
    file.adding(FileNames.marker)
  }

  static func isThere(for file: FilePath) throws(FileFault) -> Bool {
    try FileStatus.of(path(for: file))?.isRegular ?? false
  }

  /// Takes the marker along with its file; where there is none, or the new place has one, nothing
  /// of it remains.
  static func move(from old: FilePath, to new: FilePath) throws(FileFault) {
    guard try FileStatus.of(path(for: old)) != nil else { return }
    do {
      try DurableFile.moveExclusively(path(for: old), to: path(for: new))
    } catch {
      guard error.cause == .nameTaken else { throw error }
      try DurableFile.remove(path(for: old))
    }
  }
}

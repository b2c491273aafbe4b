package import Glibc
package import Records

/// What stands in a folder.
package enum FolderEntries {
  /// The names in a folder, without `.` and `..`, in no order; those that are not UTF-8 are left
  /// out.
  ///
  /// - Parameter onlyFolders: whether files are left out, as far as the file system tells without
  ///   being asked about each; links stay.
  package static func names(
    in path: FilePath, onlyFolders: Bool = false
  ) throws(FileFault) -> [String] {
    guard let folder = opendir(path.real) else { throw .last(.read, path) }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = name(of: entry)
      if name == "." || name == ".." { continue }
      let kind = Int(entry.pointee.d_type)
      if onlyFolders && ![Int(DT_DIR), Int(DT_LNK), Int(DT_UNKNOWN)].contains(kind) { continue }
      if let text = String(validating: name.buffer, as: UTF8.self) { names.append(text) }
    }
    return names
  }

  /// The name of an entry that readdir(3) gave; valid until the next one.
  package static func name(of entry: UnsafeMutablePointer<dirent>) -> Bytes {
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 19
    let start = UnsafeRawPointer(entry) + offset
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    return Bytes(start: bytes, count: strlen(start.assumingMemoryBound(to: CChar.self)))
  }
}

import LedgerStore
import Records

/// What a mapping of orders reads beside itself: from its folder, or as it was kept with it.
final class MappingParts {
  /// Takes a file's bytes, and its path as the user knows it.
  private let folder: MappingFolder?
  /// Templates as they are; tables, under ``tables`` and their names, as they were understood.
  private(set) var read: [String: [UInt8]]

  private static let tables = "tables/"

  /// - Parameter folder: what is read from it is noted in ``read``.
  init(_ folder: MappingFolder) {
    self.folder = folder
    read = [:]
  }

  init(_ version: KeptMapping) {
    folder = nil
    read = version.parts
  }

  func template(_ name: String) throws(Problem) -> (path: String, bytes: [UInt8]) {
    guard let folder else { return (Self.path(name), try kept(name, as: name)) }
    let file = try folder.read(name)
    read[name] = file.bytes
    return file
  }

  func table(_ name: String) throws(Problem) -> [TableWord] {
    let key = Self.tables + name
    guard let folder else {
      return try TableFile.words(kept: try kept(key, as: name), Self.path(name))
    }
    // Refuses a name that leads out of the folder.
    let path = try folder.read(name).path
    let words = try TableFile.read(folder.real(name), name: path)
    read[key] = TableFile.kept(words)
    return words
  }

  private func kept(_ key: String, as name: String) throws(Problem) -> [UInt8] {
    guard let bytes = read[key] else {
      throw Problem("file-missing", at: Place(file: Self.path(name)), "the file was not kept")
    }
    return bytes
  }

  private static func path(_ name: String) -> String { "Mappings/\(name)" }
}

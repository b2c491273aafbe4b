import Foundation

/// A folder of its own for one test; gone with the value.
package final class TemporaryFolder: Sendable {
  package let path: String

  /// - Parameter parent: the folder to lie in, where a test needs a certain file system.
  package init(in parent: String = "/tmp") {
    path = "\(parent)/dstore-test-\(UUID().uuidString)"
    mkdir(path, 0o700)
  }

  deinit { remove("") }

  /// The path of what lies in it under this name, or may.
  package func file(_ name: String) -> String { "\(path)/\(name)" }

  /// - Returns: the file's path.
  @discardableResult
  package func write(_ text: String, to name: String) -> String {
    write(Array(text.utf8), to: name)
  }

  /// Writes a file. No program that another test starts meanwhile inherits it open.
  /// - Returns: the file's path.
  @discardableResult
  package func write(_ bytes: [UInt8], to name: String) -> String {
    guard let handle = fopen(file(name), "we") else { return file(name) }
    fwrite(bytes, 1, bytes.count, handle)
    fclose(handle)
    return file(name)
  }

  /// What a file holds; nothing where there is none.
  package func bytes(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: file(name)).map(Array.init)
  }

  /// A file's text; nothing where there is none.
  package func text(_ name: String) -> String? {
    bytes(name).map { String(decoding: $0, as: UTF8.self) }
  }

  /// The names of what lies in it, or in a folder below it, sorted.
  package func names(in name: String = "") -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: file(name))
    return names?.sorted() ?? []
  }

  /// The permission bits of what lies in it.
  package func mode(of name: String) -> UInt32 {
    var status = stat()
    return stat(file(name), &status) == 0 ? status.st_mode & 0o7777 : 0
  }

  /// Removes a file, or a folder with all that it holds.
  package func remove(_ name: String) {
    try? FileManager.default.removeItem(atPath: file(name))
  }
}

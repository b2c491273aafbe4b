import Foundation
import Glibc

/// A folder of its own for one test; gone with the value.
final class TemporaryFolder: Sendable {
  let path: String

  init() {
    var template = Array("/tmp/dstore-e2e-XXXXXX".utf8CString)
    path = template.withUnsafeMutableBufferPointer { buffer in
      String(cString: mkdtemp(buffer.baseAddress!))
    }
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func path(_ name: String) -> String { "\(path)/\(name)" }

  func write(_ name: String, _ text: String) { write(name, Data(text.utf8)) }

  /// Writes a file under another name and renames it, as careful programs do. No program that
  /// another test starts meanwhile inherits it: it would look as if it were being written.
  func write(_ name: String, _ data: Data) {
    let url = URL(fileURLWithPath: path(name))
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    let temporary = "\(path)/.\(UUID().uuidString).tmp"
    let file = open(temporary, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    data.withUnsafeBytes { bytes in
      let count = Glibc.write(file, bytes.baseAddress, bytes.count)
      precondition(count == bytes.count, "a fixture could not be written")
    }
    close(file)
    rename(temporary, path(name))
  }

  func data(_ name: String) -> Data? { FileManager.default.contents(atPath: path(name)) }

  /// A file's text; empty where there is no such file.
  func text(_ name: String) -> String {
    data(name).map { String(decoding: $0, as: UTF8.self) } ?? ""
  }

  func has(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

  func remove(_ name: String) { try? FileManager.default.removeItem(atPath: path(name)) }

  /// Every file below a folder, by its path relative to it, sorted.
  func files(_ below: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: path(below))?.allObjects as? [String] ?? []
    return names.filter { name in
      var isFolder: ObjCBool = false
      let path = path("\(below)/\(name)")
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  /// Everything below it: folders as nothing, files with their content.
  func tree() -> [String: Data?] {
    let names = FileManager.default.enumerator(atPath: path)?.allObjects as? [String] ?? []
    return Dictionary(uniqueKeysWithValues: names.map { ($0, data($0)) })
  }
}

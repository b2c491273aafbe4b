import ExportReading
import Glibc
package import Records

/// The folder `Mappings/` of a workspace.
package struct MappingFolder: Sendable {
  private let workspace: String
  private static let name = "Mappings"

  package init(workspace: String) { self.workspace = workspace }

  /// A file's real path.
  package func real(_ name: String) -> String { "\(workspace)/\(Self.name)/\(name)" }

  /// The YAML files that may be mappings, by name: all but connector.yaml.
  ///
  /// - Throws: a folder that cannot be read.
  package func mappingNames() throws(Problem) -> [String] {
    try names(endingIn: ".yaml").filter { $0 != "connector.yaml" }
  }

  /// That there is no mapping at all; nothing where there is one, or what is meant to be one.
  func absence() throws(Problem) -> Problem? {
    guard try mappingNames().isEmpty, try names(endingIn: ".yml").isEmpty else { return nil }
    return Problem(
      "no-mapping", at: Place(file: Self.name), "there is no mapping, so no export is read",
      remedy: "Write one; \(Self.name)/README.md shows how.")
  }

  /// - Returns: none where there is no such folder.
  /// - Throws: a folder that cannot be read, which says nothing of what is in it.
  func names(endingIn ending: String) throws(Problem) -> [String] {
    guard let folder = opendir("\(workspace)/\(Self.name)") else {
      if errno == ENOENT { return [] }
      throw Self.unreadable(errno)
    }
    defer { closedir(folder) }
    var names: [String] = []
    while true {
      errno = 0
      guard let entry = readdir(folder) else {
        if errno != 0 { throw Self.unreadable(errno) }
        break
      }
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
  }

  private static func unreadable(_ code: Int32) -> Problem {
    Problem(
      "mappings-unreadable", at: Place(file: name),
      "the folder of the mappings cannot be read: \(String(cString: strerror(code)))",
      remedy: "Let the connector's user read it, and check the disk or share that it is on.",
      category: .ours)
  }

  /// A whole file and its path as the user knows it.
  ///
  /// - Throws: a file that is not there or cannot be read; a name that leads out of the folder.
  package func read(_ name: String) throws(Problem) -> (path: String, bytes: [UInt8]) {
    let path = "\(Self.name)/\(name)"
    guard !name.contains("/"), name != "..", !name.isEmpty else {
      throw Problem(
        "file-name", value: name, "a mapping reads files that stand beside it only",
        remedy: "Put the file into \(Self.name)/ and write its name alone.")
    }
    let source = try FileSource(path: real(name), name: path)
    let output = ByteOutput(capacity: 1 << 16)
    while true {
      let before = output.count
      try output.append(room: 1 << 16) { room throws(Problem) in try source.read(into: room) }
      if output.count == before { return (path, output.bytes.array) }
    }
  }
}

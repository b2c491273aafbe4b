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
  package func mappingNames() -> [String] {
    names(endingIn: ".yaml").filter { $0 != "connector.yaml" }
  }

  /// That there is no mapping at all; nothing where there is one, or what is meant to be one.
  func absence() -> Problem? {
    guard mappingNames().isEmpty, names(endingIn: ".yml").isEmpty else { return nil }
    return Problem(
      "no-mapping", at: Place(file: Self.name), "there is no mapping, so no export is read",
      remedy: "Write one; \(Self.name)/README.md shows how.")
  }

  func names(endingIn ending: String) -> [String] {
    guard let folder = opendir("\(workspace)/\(Self.name)") else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
        pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name.hasSuffix(ending), !name.hasPrefix(".") { names.append(name) }
    }
    return names.sorted()
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

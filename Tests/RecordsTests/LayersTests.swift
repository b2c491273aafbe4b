import Foundation
import Testing

/// Which target may import which: the package manager does not hold all of it.
@Suite struct LayersTests {
  /// What each target may import of ours. Stages never import each other; `Flows` joins them.
  static let layers: [String: Set<String>] = [
    "Records": [],
    "Digests": ["Records", "COpenSSL"],
    "JSON": ["Records"],
    "YAML": ["Records", "CYAML"],
    "Contract": ["Records", "Digests", "JSON", "YAML"],
    "Settings": ["Records", "YAML"],
    "DurableFiles": ["Records", "Digests", "CLinux"],
    "InboxFiles": ["Records", "Digests", "CLinux", "DurableFiles"],
    "ExportReading": ["Records", "Digests"],
    "Templates": ["Records", "Digests", "CPCRE2"],
    "RowMapping": ["Records", "JSON", "YAML", "Contract", "Templates", "CLinux"],
    "Signing": ["Records", "COpenSSL"],
    "DStoreAPI": ["Records", "Digests", "JSON", "Contract", "Signing", "CLinux"],
    "OrderGateway": ["Records", "Digests", "JSON", "Contract", "Signing"],
    "LedgerStore": ["Records", "Digests"],
    "OutboxFiles": ["Records", "Digests", "JSON", "DurableFiles"],
    "Simulator": ["Records", "Digests", "JSON", "Contract", "Signing"],
    "Flows": [
      "Records", "Digests", "JSON", "YAML", "Contract", "Settings", "DurableFiles",
      "InboxFiles", "ExportReading",
      "RowMapping", "DStoreAPI", "OrderGateway", "LedgerStore", "OutboxFiles",
    ],
    "Connector": [
      "Records", "JSON", "Contract", "Settings", "InboxFiles", "RowMapping", "Signing",
      "DStoreAPI", "OrderGateway", "LedgerStore", "OutboxFiles", "Simulator", "Flows",
    ],
  ]

  /// Packages of others, and who alone may import them.
  static let packages: [String: Set<String>] = [
    "GRDB": ["LedgerStore"],
    "AsyncHTTPClient": ["DStoreAPI", "Simulator"],
    "Hummingbird": ["Simulator"],
    "HummingbirdCore": ["OrderGateway", "Simulator"],
    "HummingbirdTLS": ["Simulator"],
    "Mustache": ["OutboxFiles"],
    "ArgumentParser": ["Connector"],
    "COpenSSL": ["Digests", "Signing"],
    "CPCRE2": ["Templates"],
    "CYAML": ["YAML"],
    "CLinux": ["DStoreAPI", "DurableFiles", "InboxFiles", "RowMapping"],
  ]

  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../../Sources").standardized

  @Test("the table names every target", arguments: [Self.sources])
  func complete(_ sources: URL) throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: sources.path)
    #expect(
      Set(folders).subtracting(["COpenSSL", "CPCRE2", "CYAML", "CLinux"]) == Set(Self.layers.keys))
  }

  @Test("a target imports only what its layer may", arguments: layers.keys.sorted())
  func imports(_ target: String) throws {
    let own = Set(Self.layers.keys).union(["COpenSSL", "CPCRE2", "CYAML", "CLinux"])
    let imports = try Self.imports(of: target)
    #expect(imports.count > 0 || target == "Records")
    for (file, module) in imports {
      if own.contains(module) {
        #expect(Self.layers[target]!.contains(module), "\(target)/\(file) imports \(module)")
      }
      if let holders = Self.packages[module] {
        #expect(holders.contains(target), "\(target)/\(file) imports \(module)")
      }
      #expect(module != "Foundation", "\(target)/\(file) imports Foundation")
    }
  }

  /// Every import line of a target, with any attributes and access level in front.
  private static func imports(of target: String) throws -> [(file: String, module: String)] {
    let folder = sources.appendingPathComponent(target)
    let names = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    return try names.filter { $0.hasSuffix(".swift") }.flatMap { name in
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      return text.split(separator: "\n").compactMap { line in
        let pattern =
          /^(?:@\w+(?:\([^)]*\))? +)*(?:\w+ +)?import +(?:(?:struct|class|enum|func|protocol|var|let|typealias) +)?(\w+)/
        return line.firstMatch(of: pattern).map { (name, String($0.1)) }
      }
    }
  }
}

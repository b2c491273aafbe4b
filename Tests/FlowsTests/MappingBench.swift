import Contract
import Flows
import Foundation
import Records
import RowMapping
import Settings
import YAML

/// Compiles the mappings of a folder and maps exports through them, as a run does.
struct MappingBench {
  /// Where the mappings and their tables stand.
  let folder: String

  /// The repository's own folder.
  static let repository: String = {
    let path = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return path.dropLast(3).joined(separator: "/")
  }()

  static let fixtures = repository + "/Tests/Fixtures"

  /// A file of the folder, compiled; money is SGD where the mapping states no currency.
  func mapping(_ name: String) throws(Problems) -> ProductMapping {
    try compile(try Self.text(of: "\(folder)/\(name).yaml"), name: name)
  }

  func compile(_ text: String, name: String) throws(Problems) -> ProductMapping {
    let path = "Mappings/\(name).yaml"
    return try ProductMappingReader(contract: try Contract.load(), defaults: defaults)
      .read(try Self.node(text, path), name: name, path: path)
  }

  static func node(_ text: String, _ path: String) throws(Problems) -> YAMLNode {
    do throws(Problem) {
      return try YAML.parse(Array(text.utf8), file: path)
    } catch {
      throw Problems([error])
    }
  }

  var defaults: MappingDefaults {
    MappingDefaults(
      currency: Currency(code: "SGD")!, zone: Zone(name: "Asia/Singapore", offsetSeconds: 28_800),
      findZone: { try? ZoneDatabase().zone(named: $0, at: Place()) },
      readTable: { [folder] file throws(Problem) in
        try TableFile.read("\(folder)/\(file)", name: "Mappings/\(file)")
      })
  }

  /// What a mapping makes of an export.
  ///
  /// - Parameters:
  ///   - files: real paths, the main file's first.
  ///   - stores: the posStoreIds of the settings.
  static func run(
    _ mapping: ProductMapping, _ files: [String], stores: [String]
  ) throws(Problems) -> (products: MadeProducts, outcome: MappingOutcome) {
    let made = MadeProducts(stores: stores)
    let sources = files.map { path in
      let name = String(path.split(separator: "/").last ?? "")
      return ExportPass.Source(path: path, display: name, name: name)
    }
    let result = try ExportPass(mapping, stores: stores)
      .run(sources[0], joined: Array(sources.dropFirst()), to: made)
    return (made, result.outcome)
  }

  /// What is wrong with the mapping's own tests.
  func failures(of mapping: ProductMapping, stores: [String]) -> [String] {
    let run = MappingTestRun(mapping, stores: stores)
    return mapping.tests.flatMap { test in
      run.problems(of: test) { input, sink throws(Problems) in
        try feed(input, to: sink, mapping, stores)
      }
    }.map(\.description)
  }

  private func feed(
    _ input: MappingTest.Input, to sink: any ProductSink, _ mapping: ProductMapping,
    _ stores: [String]
  ) throws(Problems) -> MappingOutcome {
    let pass = ExportPass(mapping, stores: stores)
    switch input {
    case .rows: throw Problems([Problem("test", "rows are mapped without a file")])
    case .file(let name):
      return try pass.run(
        ExportPass.Source(path: "\(folder)/\(name)", display: name, name: name), to: sink
      ).outcome
    case .json(let text):
      let path = NSTemporaryDirectory() + UUID().uuidString
      _ = FileManager.default.createFile(atPath: path, contents: Data(text.utf8))
      defer { try? FileManager.default.removeItem(atPath: path) }
      return try pass.run(
        ExportPass.Source(path: path, display: "test", name: "test"), to: sink
      ).outcome
    }
  }

  static func text(of path: String) throws(Problems) -> String {
    guard let bytes = FileManager.default.contents(atPath: path) else {
      throw Problems([Problem("file-missing", at: Place(file: path), "the file is not there")])
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}

import Contract
import Foundation
import Records
import RowMapping

@testable import Flows

/// Compiles order mappings of a folder and runs their tests, as `check` does.
struct OrderBench {
  /// Where the mappings, their tables and templates stand: the folder `Mappings` of a workspace.
  let folder: String

  /// A file of the folder, compiled; money is SGD where the mapping states no currency.
  func mapping(_ name: String) throws(Problems) -> OrderShelf.Entry {
    try compile(try MappingBench.text(of: "\(folder)/\(name).yaml"), name: name, kind: .orders)
  }

  func compile(
    _ text: String, name: String, kind: MappingFile.Kind
  ) throws(Problems) -> OrderShelf.Entry {
    let path = "Mappings/\(name).yaml"
    let mapping = try OrderMappingReader(
      contract: try Contract.load(), defaults: MappingBench(folder: folder).defaults
    ).read(try MappingBench.node(text, path), name: name, path: path, kind: kind)
    do throws(Problem) {
      return try OrderShelf.Entry(mapping, MappingParts(mappings), text: Array(text.utf8))
    } catch {
      throw Problems([error])
    }
  }

  /// What is wrong with the mapping's own tests.
  func failures(of entry: OrderShelf.Entry) -> [String] {
    guard let contract = try? Contract.load() else { return ["no contract"] }
    return OrderTestRun(entry: entry, folder: mappings, contract: contract).problems()
      .map(\.description)
  }

  private var mappings: MappingFolder {
    MappingFolder(workspace: String(folder.dropLast("/Mappings".count)))
  }
}

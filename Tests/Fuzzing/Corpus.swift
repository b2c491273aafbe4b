import Foundation

/// The inputs that executions begin with: small files of `Tests/Fixtures/fuzzing` and of other tests.
package struct Corpus: Sendable {
  package struct File: Sendable, CustomStringConvertible {
    package let name: String
    package let bytes: [UInt8]

    package var description: String { name }
  }

  /// Larger files would make each execution slow.
  private static let largest = 16 << 10

  package let files: [File]

  /// The repository's `Tests/Fixtures`.
  package static let fixtures: String = {
    let parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
    return parts.dropLast(2).joined(separator: "/") + "/Fixtures"
  }()

  /// The files of a target, sorted by name.
  package init(of target: any FuzzTarget.Type) {
    let own = Self.read("\(Self.fixtures)/fuzzing/\(target.name)", end: "")
    let others = target.fixtures.flatMap { Self.read("\(Self.fixtures)/\($0.folder)", end: $0.end) }
    files = own + others
  }

  private static func read(_ folder: String, end: String) -> [File] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().filter { $0.hasSuffix(end) }.compactMap { name in
      FileManager.default.contents(atPath: "\(folder)/\(name)").flatMap { data in
        data.count <= largest ? File(name: name, bytes: Array(data)) : nil
      }
    }
  }
}

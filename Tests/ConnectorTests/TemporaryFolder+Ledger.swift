import Foundation
import GRDB

/// The ledger of a workspace, looked at and changed from outside.
extension TemporaryFolder {
  private var database: String { path(".connector/ledger.sqlite") }

  /// The first column of a query; none where there is no ledger.
  func ledger(_ query: String) -> [String] {
    var configuration = Configuration()
    configuration.readonly = true
    guard let queue = try? DatabaseQueue(path: database, configuration: configuration) else {
      return []
    }
    defer { try? queue.close() }
    return try! queue.read { try String.fetchAll($0, sql: query) }
  }

  func change(_ statement: String) {
    let queue = try! DatabaseQueue(path: database)
    defer { try? queue.close() }
    try! queue.write { try $0.execute(sql: statement) }
  }

  /// Makes the ledger from a dump in Tests/Fixtures/ledgers.
  func restoreLedger(_ name: String) throws {
    let dump = URL(fileURLWithPath: #filePath)
      .appendingPathComponent("../../Fixtures/ledgers/\(name).sql").standardized
    try FileManager.default.createDirectory(
      atPath: path(".connector"), withIntermediateDirectories: true,
      attributes: [.posixPermissions: 0o700])
    let sql = try String(contentsOf: dump, encoding: .utf8)
    var configuration = Configuration()
    configuration.foreignKeysEnabled = false  // The dump's tables come in alphabetical order.
    let queue = try DatabaseQueue(path: database, configuration: configuration)
    defer { try? queue.close() }
    try queue.writeWithoutTransaction { try $0.execute(sql: sql) }
  }
}

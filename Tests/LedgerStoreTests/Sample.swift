import Records
import Synchronization
import TestSupport
import Testing

@testable import LedgerStore

/// Invented values that the tests share.
enum Sample {
  static let scope = Scope(
    environment: "sandbox", endpoint: "https://open.example", clientId: "client-1",
    account: "kopi-corner")
  static let otherScope = Scope(
    environment: "simulator", endpoint: "http://127.0.0.1:1", clientId: "client-1",
    account: "kopi-corner")

  static func stamp(_ number: Int64) -> FileStamp {
    FileStamp(
      size: number, modified: 1_767_225_600_000_000_000 + number,
      changed: 1_767_225_600_000_000_001 + number, inode: UInt64(number), device: 2049)
  }

  static func claim(
    _ name: String, mapping: String = "menu", scope: Scope = scope, stays: Bool = false,
    digest: String? = nil
  ) -> FileClaim {
    FileClaim(
      scope: scope, name: name, mapping: mapping, recipe: "recipe-1", stamp: stamp(7),
      workName: "work-\(name)", digest: digest, stays: stays)
  }

  static func request(
    _ id: String, store: String = "store-1", scope: Scope = scope, base: String? = nil,
    kind: SyncRequest.Kind = .full, at now: Int64 = 1000
  ) -> SyncRequest {
    SyncRequest(
      requestId: id, scope: scope, api: "syncProduct", store: store, catalogue: "main", kind: kind,
      bodyPath: "payloads/\(id)", bodyDigest: "body-\(id)", basePath: base ?? "payloads/\(id)",
      productsDigest: "products-\(id)", recipe: "recipe-1", sourceDigest: "source-\(id)",
      productCount: 3, createdAt: now)
  }

  static func part(
    _ mapping: String, path: String, file: Int64, store: String = "store-1"
  ) -> Part {
    Part(
      scope: scope, store: store, mapping: mapping, recipe: "recipe-1", path: path,
      digest: "digest-\(path)", file: file, updatedAt: 5)
  }

  static let accepted = Delivery(
    .accepted, reason: "accepted", httpStatus: 200, resultStatus: "S", resultCode: "SUCCESS",
    resultMessage: "success")
  static let refused = Delivery(
    .refused, reason: "refused", httpStatus: 200, resultStatus: "F", resultCode: "STORE_UNKNOWN",
    resultMessage: "no such store")
  static let unknown = Delivery(
    .unknown, reason: "no answer in 30 seconds", isRateLimited: true, retryAfter: 60)
}

extension Ledger {
  /// A new ledger in a folder of its own, which stays at least as long as the ledger does: one that
  /// is gone from its place takes nothing.
  static func fresh() throws -> (TemporaryFolder, Ledger) {
    let folder = TemporaryFolder()
    let ledger = try open(folder: folder.path)
    FreshLedgers.all.withLock { all in
      all.removeAll { $0.ledger == nil }
      all.append(FreshLedgers.One(ledger: ledger, folder: folder))
    }
    return (folder, ledger)
  }
}

/// The folders of ledgers that tests still use.
private enum FreshLedgers {
  struct One {
    weak var ledger: Ledger?
    let folder: TemporaryFolder
  }

  static let all = Mutex<[One]>([])
}

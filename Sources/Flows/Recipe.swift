import Contract
import Digests
import Records
import Settings

/// Digests what decides the meaning of an export.
final class Recipe {
  private let stream = DigestStream()

  init(contract: Contract, settings: Settings) {
    let stores = settings.stores.map { "\($0.posAccountId)/\($0.posStoreId)" }
    let head =
      "\(contract.digest.hex) \(settings.currency.code) \(settings.timeZone.name) \(stores) "
    Bytes.withBytes(of: head) { stream.update($0) }
  }

  func add(_ bytes: Bytes) { stream.update(bytes) }

  func finish() -> String { stream.finish().hex }
}

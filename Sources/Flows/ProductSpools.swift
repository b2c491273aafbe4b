import Contract
import DStoreAPI
import Glibc
import Records
import RowMapping
import Settings

/// Writes the products of one export to disk, one request body for each store that it speaks of.
final class ProductSpools: ProductSink {
  private let folder: String
  private let contract: Contract
  private let stores: [StoreSetting]
  private var writers: [PayloadWriter?]
  private(set) var requestIds: [String?]

  /// - Parameter folder: where the bodies are kept.
  init(folder: String, contract: Contract, stores: [StoreSetting]) {
    self.folder = folder
    self.contract = contract
    self.stores = stores
    writers = stores.map { _ in nil }
    requestIds = stores.map { _ in nil }
  }

  func append(_ product: Bytes, store: Int) throws(Problem) {
    if let writer = writers[store] { return try writer.append(product: product) }
    let requestId = RequestId.make()
    let writer = try PayloadWriter(
      path: "\(folder)/\(requestId).json",
      envelope: Envelope(
        contract: contract, requestId: requestId, posAccountId: stores[store].posAccountId,
        posStoreId: stores[store].posStoreId))
    writers[store] = writer
    requestIds[store] = requestId
    try writer.append(product: product)
  }

  /// Ends every body.
  ///
  /// - Returns: a body for each store that has products.
  func finish() throws(Problem) -> [SpooledProducts] {
    var bodies: [SpooledProducts] = []
    for (index, writer) in writers.enumerated() {
      guard let writer, let requestId = requestIds[index] else { continue }
      bodies.append(
        SpooledProducts(store: stores[index], requestId: requestId, body: try writer.finish()))
    }
    return bodies
  }
}

/// A store's whole list of products, as the body of a full sync.
struct SpooledProducts {
  let store: StoreSetting
  let requestId: String
  let body: SyncBody

  /// Takes the file away, where nothing became of it.
  func discard() { unlink(body.path) }
}

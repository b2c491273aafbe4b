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
  @exclusivity(unchecked) private var spools: [Spool] = []
  /// Where the spool of a store stands; -1 where none was begun.
  @exclusivity(unchecked) private var places: [Int]

  private final class Spool {
    let store: StoreSetting
    let requestId = RequestId.make()
    let writer: PayloadWriter

    init(_ store: StoreSetting, folder: String, contract: Contract) throws(Problem) {
      self.store = store
      writer = try PayloadWriter(
        path: "\(folder)/\(requestId).json",
        envelope: Envelope(
          contract: contract, requestId: requestId, posAccountId: store.posAccountId,
          posStoreId: store.posStoreId))
    }
  }

  /// - Parameter folder: where the bodies are kept.
  init(folder: String, contract: Contract, stores: [StoreSetting]) {
    self.folder = folder
    self.contract = contract
    self.stores = stores
    places = stores.map { _ in -1 }
  }

  func append(_ product: Bytes, store: Int) throws(Problem) {
    if places[store] < 0 {
      spools.append(try Spool(stores[store], folder: folder, contract: contract))
      places[store] = spools.count - 1
    }
    let writer = spools.borrowing(places[store]) { Unmanaged.passUnretained($0.writer) }
    try writer._withUnsafeGuaranteedRef { writer in
      Result { () throws(Problem) in try writer.append(product: product) }
    }.get()
  }

  /// A spool that is dropped takes its file away.
  func startOver() {
    spools = []
    places = stores.map { _ in -1 }
  }

  /// Ends every body.
  ///
  /// - Returns: a body for each store that has products.
  func finish() throws(Problem) -> [SpooledProducts] {
    var bodies: [SpooledProducts] = []
    for place in places where place >= 0 {
      let spool = spools[place]
      bodies.append(
        SpooledProducts(
          store: spool.store, requestId: spool.requestId, body: try spool.writer.finish()))
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

import Records
import RowMapping

/// Keeps the products that a mapping makes, for each store.
final class MadeProducts: ProductSink {
  private let stores: [String]
  private var products: [[String]]

  init(stores: [String]) {
    self.stores = stores
    products = stores.map { _ in [] }
  }

  func append(_ product: Bytes, store: Int) { products[store].append(product.text) }

  func startOver() { products = stores.map { _ in [] } }

  /// Each store's list as JSON, one product a line.
  var lists: [(store: String, list: String)] {
    zip(stores, products).map { store, products in
      (store, "[\n\(products.joined(separator: ",\n"))\n]")
    }
  }

  /// `{"STORE": […], …}`
  var text: String {
    "{\n\(lists.map { "\"\($0.store)\": \($0.list)" }.joined(separator: ",\n"))\n}\n"
  }
}

package import Records

/// What kind of order D-Store is to place; what is left out follows from the order's number.
package struct OrderWish: Sendable {
  package var account: String
  package var store: String
  /// Of products that are invented, where the store has no menu.
  package var currency: Currency
  /// A word of the contract, in capital or small letters, with or without hyphens: `dine-in`.
  package var service: String?
  /// A word of the contract in the same way.
  package var channel: String?
  /// What the buyer writes to the first product.
  package var note: String?
  /// Whether the order says another sum than its products make.
  package var hasWrongTotal = false

  package init(account: String, store: String, currency: Currency) {
    self.account = account
    self.store = store
    self.currency = currency
  }
}

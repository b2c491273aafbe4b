package import Records

/// A store that this connector works for.
package struct StoreSetting: Sendable, Hashable {
  /// What D-Store calls the store; mappings name it so.
  package let posStoreId: String
  /// The merchant that it belongs to: its own, or the one of the whole file.
  package let posAccountId: String
  package let place: Place
}

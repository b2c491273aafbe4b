/// What one mapping contributes to a store whose catalogue several mappings make together.
package struct Part: Hashable, Sendable {
  package var scope: Scope
  package var store: String
  package var mapping: String
  package var recipe: String
  /// The file that holds its products.
  package var path: String
  /// Of its products, SHA-256 in hex.
  package var digest: String
  /// The id of the file that it was made from.
  package var file: Int64
  /// In milliseconds since 1970.
  package var updatedAt: Int64

  package init(
    scope: Scope, store: String, mapping: String, recipe: String, path: String, digest: String,
    file: Int64, updatedAt: Int64
  ) {
    self.scope = scope
    self.store = store
    self.mapping = mapping
    self.recipe = recipe
    self.path = path
    self.digest = digest
    self.file = file
    self.updatedAt = updatedAt
  }
}

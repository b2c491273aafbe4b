extension Contract {
  /// A word for the kind of a product, such as `SINGLE`.
  package struct ProductType: Sendable, Hashable {
    package let name: String
    /// Whether a status update may hold products of this type.
    package let takesStatusUpdate: Bool
    /// Whether it consists of other products.
    package let hasChildren: Bool
    package let basis: Basis
  }
}

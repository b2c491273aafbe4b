extension Contract {
  /// A field of a message.
  package struct Field: Sendable, Hashable {
    /// Its name on the wire.
    package let name: String
    /// Where it stands on the wire: `products[].children[].posProductId`; a list's own path has
    /// no `[]` at its end.
    package let path: String
    package let type: FieldType
    package let isRequired: Bool
    /// A string's characters, counted as Unicode scalars; an integer's, a decimal's or an amount's
    /// value; a list's elements; the characters of an object's JSON text.
    package let maximum: Int?
    /// The words that are allowed; empty where any word is.
    package let allowed: [String]
    package let basis: Basis
    package let role: Role?
    /// Whether people write it, so that it may be shortened without harm.
    package let isFreeText: Bool
    /// Whether its text may have several lines.
    package let mayHaveLines: Bool
    /// Whether a status update must hold it.
    package let isInStatusUpdate: Bool
    /// What the elements of a list without ``fields`` are.
    package let element: FieldType
    /// The fields of an object, or of a list's elements.
    package let fields: [Field]

    /// Itself and everything in it, outer before inner.
    package var flattened: [Field] { [self] + fields.flatMap(\.flattened) }

    /// The field of that name in it.
    package func field(named name: String) -> Field? { fields.first { $0.name == name } }
  }
}

extension Contract {
  /// What a field's value is in JSON.
  package enum FieldType: String, Sendable, CaseIterable {
    case string
    /// A number without a fraction, or a string of digits.
    case integer
    /// A number, or a string that holds one.
    case decimal
    case boolean
    /// `{value: integer in the currency's smallest unit, currency: ISO 4217}`.
    case amount
    /// ISO 8601 with an offset; read leniently.
    case time
    case object
    case list
    case any
  }
}

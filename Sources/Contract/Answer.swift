extension Contract {
  /// What we answer D-Store on an occasion.
  package struct Answer: Sendable, Hashable {
    /// The words of the field with the role resultStatus (dstore-api, results).
    package enum Status: String, Sendable, CaseIterable {
      case done = "S"
      /// D-Store does not ask again.
      case refused = "F"
      /// D-Store asks again.
      case unknown = "U"
    }

    package let status: Status
    /// The result code.
    package let code: String
    package let basis: Basis
  }
}

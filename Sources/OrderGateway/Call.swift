import Contract

/// A call of D-Store's that we answer.
struct Call: Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case createOrder, pushOrderChange, inquireOrderDetail
  }

  let kind: Kind
  let message: Contract.Message
  /// The path that the caller signs: that of our URL, prefix included.
  let signedPath: String
}

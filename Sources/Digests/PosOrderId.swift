package import Records

/// Our own id of an order.
package enum PosOrderId {
  /// The first 16 hex digits of the SHA-256 of D-Store's id, as the mapping language's `hash` gives
  /// them: the same forever, even where the ledger is lost. The ledger finds an order by D-Store's
  /// id through it.
  package static func of(_ requestOrderId: String) -> String {
    Bytes.withBytes(of: requestOrderId) { String(Digest.of($0).hex.prefix(16)) }
  }
}

extension ReceivedOrder {
  /// Our own id of it.
  package var posOrderId: String { PosOrderId.of(requestOrderId) }
}

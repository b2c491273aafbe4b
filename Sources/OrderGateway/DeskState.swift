package import Records

/// What the desk knows of an order that was asked for.
package enum DeskState: Sendable {
  case known(posOrderId: String, orderStatus: String)
  case unknownOrder
  /// It could not be looked up.
  case trouble(Problem)
}

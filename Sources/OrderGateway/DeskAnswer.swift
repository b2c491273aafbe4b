package import Records

/// What became of an order, a change or a refused call that was handed to the desk.
package enum DeskAnswer: Sendable {
  /// It is stored, and durable: now, or by an equal request before it.
  case done(posOrderId: String, isRepeat: Bool)
  /// Its id was used for another body; nothing was changed.
  case conflicting
  /// A change of an order that is not here.
  case unknownOrder
  /// It is recorded that the call was refused.
  case refused
  /// It could not be stored.
  case trouble(Problem)
}

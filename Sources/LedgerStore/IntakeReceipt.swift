/// What became of an order, a change or a refused call that was handed in.
package enum IntakeReceipt: Hashable, Sendable {
  /// It is on the disk, and waits for its release to the POS.
  case stored(posOrderId: String)
  /// It was there before, and the same: the answer is the same.
  case repeated(posOrderId: String)
  /// Its id was used with other content. That changes nothing, and is counted.
  case conflicting
  /// A change of an order that was never handed in.
  case unknownOrder
  /// It is recorded that a call was refused.
  case refused
  /// What a call says that comes too late is recorded: nothing is lost with it.
  case late
}

package import Records

/// A change that a status file says, as the ledger keeps it. All times are milliseconds since 1970.
package struct HeldStatusChange: Hashable, Sendable {
  package enum State: String, Sendable {
    /// Nobody knows its order yet.
    case waiting
    /// It goes to D-Store in notifications.
    case queued
    /// Its refund goes only when a person lets it go.
    case held
    /// It was not fit to be sent; a person must look.
    case refused
    /// All that was to be sent of it was decided by D-Store; see its notifications.
    case done
  }

  package let id: Int64
  /// The id of the file that said it last.
  package let file: Int64?
  package let mapping: String
  /// Its place is where it was said last.
  package let change: OrderChange
  /// How many equal lines of one file it stands for; more than one only while no order is known.
  package let copies: Int
  /// The order's row; nothing where no order, or more than one, was found.
  package let order: Int64?
  /// D-Store's id of the order.
  package let requestOrderId: String?
  package let state: State
  /// Why it is held or refused.
  package let problem: Problem?
  package let firstSeenAt: Int64
  /// When it stops waiting for its order.
  package let waitsUntil: Int64?
  package let endedAt: Int64?
}

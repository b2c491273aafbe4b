/// Whether a change of nothing but statuses goes out as a status update or as a full sync.
package enum StatusUpdates: String, CaseIterable, Sendable {
  /// As an update once the contract is sure of what one must hold.
  case auto
  case on
  case off
}

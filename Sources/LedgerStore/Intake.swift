package import Records

/// What D-Store hands in and wants kept.
package enum Intake: Hashable, Sendable {
  case order(ReceivedOrder)
  case change(ReceivedChange)
}

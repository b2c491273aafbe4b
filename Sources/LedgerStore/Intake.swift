package import Records

/// What D-Store hands in and wants kept, or what had to be refused.
package enum Intake: Hashable, Sendable {
  case order(ReceivedOrder)
  case change(ReceivedChange)
  /// A person is to hear of it.
  case refused(RefusedCall)
  /// Calls that bear D-Store's client id and whose signatures do not prove it.
  case unverified(UnverifiedCalls)

  var isUnverified: Bool {
    if case .unverified = self { true } else { false }
  }
}

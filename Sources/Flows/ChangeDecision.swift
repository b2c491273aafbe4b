package import Records

/// What becomes of a change.
package enum ChangeDecision: Hashable, Sendable {
  /// Why there is nothing to send.
  package enum Done: Hashable, Sendable {
    /// This very line, in this or another file.
    case seenBefore
    /// The order is so already.
    case alreadySo
  }

  case done(Done)
  /// One behind the other.
  case queue([ChangeNotification])
  /// Its refund goes only when a person lets it go; the rest of it goes now.
  case hold(Problem, meanwhile: [ChangeNotification])
  case refuse(Problem)
}

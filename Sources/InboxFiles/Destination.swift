/// Where a file goes when it is done with.
package enum Destination: Hashable, Sendable {
  /// `archive/DAY`.
  case archive(day: String)
  case rejected
  case held
  /// Nowhere: it is deleted (`afterDone: delete`), or it is a copy that has served.
  case deleted
  /// Back to where it was found.
  case inbox
}

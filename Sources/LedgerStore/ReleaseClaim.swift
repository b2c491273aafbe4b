/// What came of asking for a release, or for a final name.
package enum ReleaseClaim: Hashable, Sendable {
  /// It is the caller's, durable.
  case won
  /// Somebody else went on with the release; the caller's temporary file is to be deleted.
  case lost
  /// Another release has the name, perhaps in another case; nothing changed.
  case nameTaken
}

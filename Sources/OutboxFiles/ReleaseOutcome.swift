package import Records

/// What became of giving a staged file its final name.
package enum ReleaseOutcome: Hashable, Sendable {
  case released
  /// Somebody did it before: another process, or this one before a crash. The POS may have taken
  /// the file since.
  case alreadyReleased
  /// The folder that the file waited in is gone or another one, so nobody can know. The answer
  /// changes when the folder comes back.
  case stagingChanged(Problem)
  /// Another file has the name, or the one of its marker; the file waits on.
  case nameTaken
  /// The file waits on, and it can be tried again.
  case failed(Problem)
}

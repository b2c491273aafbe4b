/// What became of a file.
package enum FileOutcome: String, Sendable {
  /// Its products are in a request that D-Store has not decided on yet.
  case waiting
  /// D-Store accepted every request that it is behind.
  case sent
  /// It says what D-Store accepted last.
  case unchanged
  /// The file, or D-Store, does not allow it; a person must look.
  case rejected
  /// A guard holds the whole sync back until a person approves.
  case held
  /// A newer file of the same mapping came before it was sent.
  case superseded
  /// It was gone before anything was decided on it.
  case lost
}

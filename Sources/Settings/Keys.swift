package import Records

/// The keys that messages are signed and checked with, as texts.
package struct Keys: Sendable {
  /// Ours; nothing with the simulator unless one was given.
  package let privateKey: KeyText?
  /// What D-Store calls our key.
  package let version: Int
  /// D-Store's; nothing with the simulator unless one was given.
  package let dstorePublic: KeyText?
  /// Why ours cannot be read, where the settings were read without the need of it.
  package var privateKeyProblem: Problem?
}

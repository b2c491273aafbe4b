package import Records

/// What is known of a file that stays in the inbox, so that it need not be read again.
package struct KnownFile: Hashable, Sendable {
  package let id: Int64
  package let mapping: String
  package let recipe: String
  package let stamp: FileStamp
  /// SHA-256 in hex; nothing where the file could not be read to its end.
  package let digest: String?
  package let outcome: FileOutcome
  /// When the stamp was taken, in milliseconds since 1970. A file that changed at about that time
  /// or later may differ under an equal stamp.
  package let recordedAt: Int64
}

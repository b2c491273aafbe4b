/// A file of the outbox that holds what the ledger has purged, and is to be removed where the POS
/// has left it.
package struct PurgedFile: Hashable, Sendable {
  /// The release's id.
  package let release: Int64
  /// Relative to the outbox.
  package let name: String
  /// As ``ReleaseFile/marker``.
  package let marker: String?
  /// As ``ReleaseFile/temporary``.
  package let temporary: String
  /// In bytes. Another size or content means that it is not our file.
  package let size: Int64
  /// Of the content, SHA-256 in hex.
  package let digest: String
  /// Since when people are told that the POS has not taken it, in milliseconds since 1970; `nil`
  /// before.
  package var namedAt: Int64?
}

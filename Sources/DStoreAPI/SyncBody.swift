package import Digests

/// A written request of syncProduct, and what must be recorded about it before it is sent.
package struct SyncBody: Hashable, Sendable {
  package var path: String
  /// Bytes of the whole file.
  package var size: Int
  /// SHA-256 of the whole file.
  package var digest: Digest
  /// Where the list of products stands in the file, its brackets included.
  package var productsRange: Range<Int>
  /// SHA-256 of ``productsRange``: equal products have equal ones, whatever the request's id.
  package var productsDigest: Digest
  /// How many products it holds.
  package var count: Int
}

package import Digests

/// A written request of syncProduct, and what must be recorded about it before it is sent.
package struct SyncBody: Hashable, Sendable {
  package var path: String
  /// Bytes of the whole file.
  package var size: Int
  /// Holds the file to these bytes, and says where the list of products stands in it, its brackets
  /// included.
  package var seal: BodySeal
  /// SHA-256 of the list of products: equal products have equal ones, whatever the request's id.
  package var productsDigest: Digest
  /// How many products it holds.
  package var count: Int
}

package import Digests

/// What the bytes of a written request are known by again: where its list of products stands, and
/// one SHA-256 of everything before it, everything behind it and the SHA-256 of the list. So each
/// byte is digested once, although the list has a digest of its own.
package struct BodySeal: Hashable, Sendable {
  /// Where the list of products stands; empty where the digest is simply that of the whole.
  package let products: Range<Int>
  package let digest: Digest

  package init(products: Range<Int>, digest: Digest) {
    self.products = products
    self.digest = digest
  }

  /// Reads what ``text`` wrote; a digest alone is that of the whole.
  package init?(text: String) {
    let parts = text.split(separator: " ", omittingEmptySubsequences: false)
    guard let last = parts.last, let digest = Digest(hex: String(last)) else { return nil }
    guard parts.count > 1 else {
      self.init(products: 0..<0, digest: digest)
      return
    }
    guard parts.count == 3, let from = Int(parts[0]), let to = Int(parts[1]), 0 <= from, from < to
    else { return nil }
    self.init(products: from..<to, digest: digest)
  }

  /// `113 275163546 9f86d081…`, as the ledger keeps it.
  package var text: String {
    products.isEmpty
      ? digest.hex : "\(products.lowerBound) \(products.upperBound) \(digest.hex)"
  }
}

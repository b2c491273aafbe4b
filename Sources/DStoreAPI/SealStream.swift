import Digests
import Records

/// Makes the seal of a body that comes in pieces.
struct SealStream {
  private let frame = DigestStream()
  private let products = DigestStream()

  /// Takes the next piece, which belongs to the list of products or to what stands around it.
  func take(_ bytes: Bytes, isProducts: Bool) {
    (isProducts ? products : frame).update(bytes)
  }

  /// Takes the next piece of a body whose list of products stands at a known place.
  func take(_ bytes: Bytes, at offset: Int, products range: Range<Int>) {
    let from = min(max(range.lowerBound - offset, 0), bytes.count)
    let to = min(max(range.upperBound - offset, from), bytes.count)
    frame.update(bytes.slice(0, from))
    products.update(bytes.slice(from, to))
    frame.update(bytes.slice(to, bytes.count))
  }

  /// - Parameter range: where the list of products stood.
  /// - Returns: the seal, and the digest of the list alone.
  func finish(products range: Range<Int>) -> (seal: BodySeal, products: Digest) {
    let list = products.finish()
    if !range.isEmpty { Bytes.withBytes(of: list.bytes) { frame.update($0) } }
    return (BodySeal(products: range, digest: frame.finish()), list)
  }
}

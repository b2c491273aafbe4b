import Dispatch
package import Records

/// Writes the body of a syncProduct request to disk, product by product.
///
/// A full block (1 MiB) is digested and written by a queue of its own while the next one is
/// filled: SHA-256 over a large menu costs about as much as to make it. At most one block is
/// under way, so that memory does not grow with the menu. A writer that is dropped before
/// ``finish()`` takes its file away.
package final class PayloadWriter {
  private static let blockSize = 1 << 20

  private let file: SpoolFile
  private let envelope: Envelope
  private let queue = DispatchQueue(label: "dstore.payload")
  @exclusivity(unchecked) private var block = ByteOutput(capacity: blockSize + (64 << 10))
  private var spare = ByteOutput(capacity: blockSize + (64 << 10))
  /// Products so far.
  @exclusivity(unchecked) package private(set) var count = 0

  /// Begins a body in a new file of mode 0600 at `path`.
  /// - Throws: where the file cannot be created, or one of that name is there.
  package init(path: String, envelope: Envelope) throws(Problem) {
    self.envelope = envelope
    file = try SpoolFile(path: path)
    Bytes.withBytes(of: envelope.head) { file.take($0, isProducts: false) }
    block.append(UInt8(ascii: "["))
  }

  /// Adds a product, one JSON object as it shall stand on the wire.
  /// - Throws: where the file could not be written; the writer is of no more use then.
  package func append(product: Bytes) throws(Problem) {
    // Without counting a reference to the block, which would cost as much as the copy.
    let size = Unmanaged.passUnretained(block)._withUnsafeGuaranteedRef { block in
      if count > 0 { block.append(UInt8(ascii: ",")) }
      block.append(product)
      return block.count
    }
    count += 1
    if size >= Self.blockSize { try flush() }
  }

  /// Ends the body, and makes file and folder durable (fsync).
  package func finish() throws(Problem) -> SyncBody {
    block.append(UInt8(ascii: "]"))
    try flush()
    try settle()
    let range = envelope.head.count..<file.size
    Bytes.withBytes(of: envelope.tail) { file.take($0, isProducts: false) }
    let (seal, products) = try file.keep(products: range)
    return SyncBody(
      path: file.path, size: file.size, seal: seal, productsDigest: products, count: count)
  }

  private func flush() throws(Problem) {
    try settle()
    swap(&block, &spare)
    block.removeAll()
    // The queue alone reads it until settle() has waited for the queue.
    nonisolated(unsafe) let full = spare
    queue.async { [file] in file.take(full.bytes, isProducts: true) }
  }

  /// Waits for the block that is under way.
  private func settle() throws(Problem) {
    queue.sync {}
    if let failure = file.failure { throw failure }
  }
}

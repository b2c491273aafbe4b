import Digests
import LedgerStore
import Records

/// Identities for our requests: D-Store answers the same one the same way, however often it comes,
/// so the same one always means the same bytes.
enum RequestId {
  /// A random one, for a list of products: 32 hexadecimal digits, 128 bits.
  static func make() -> String {
    var generator = SystemRandomNumberGenerator()
    return [generator.next(), generator.next()].map { (half: UInt64) in
      let digits = String(half, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }

  /// That of a change of an order. It follows from what the change says, so that it is the same when
  /// a ledger that was copied back from a backup reads the same line again.
  ///
  /// - Parameters:
  ///   - content: the body without the requestId.
  ///   - ordinal: its place among its order's changes with this content, from 1.
  static func of(
    _ api: String, _ content: [UInt8], ordinal: Int, of order: HeldOrder, _ scope: Scope
  ) -> String {
    digest([
      Array(scope.environment.utf8), Array(scope.clientId.utf8), Array(order.account.utf8),
      Array(order.requestOrderId.utf8), Array(api.utf8), content, Array(String(ordinal).utf8),
    ])
  }

  /// That of the next try of a change which D-Store refused: a person ordered it.
  static func next(after refused: String, _ content: [UInt8]) -> String {
    digest([Array(refused.utf8), content])
  }

  /// The first 128 bits of the SHA-256 of all parts, each behind its length.
  private static func digest(_ parts: [[UInt8]]) -> String {
    let bytes = parts.flatMap { Array("\($0.count):".utf8) + $0 }
    return bytes.withUnsafeBufferPointer { String(Digest.of(Bytes($0)).hex.prefix(32)) }
  }
}

import Digests
import Records

/// Names an order, or a change of one, that was given to the POS, in a line of a file outside the
/// ledger: nothing of the order can be read from it.
enum GivenKey {
  /// - Parameter requestId: of the change; `nil` for the order itself.
  static func of(_ scope: Scope, _ requestOrderId: String, change requestId: String?) -> String {
    let words = [scope.environment, scope.clientId, requestOrderId, requestId ?? ""]
    let text = words.map { "\($0.utf8.count):\($0)" }.joined()
    return Bytes.withBytes(of: text) { String(Digest.of($0).hex.prefix(32)) }
  }
}

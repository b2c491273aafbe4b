import Contract
import Digests
import JSON
import Records
import Signing

/// Reads pushOrderChange.
struct ChangeReader: Sendable {
  private let requestId: FieldRoute
  private let requestOrderId: FieldRoute
  private let orderStatus: FieldRoute?

  /// What a body must not say in two ways.
  var ids: [FieldRoute] { [requestId, requestOrderId] }

  /// - Returns: nothing where the contract lacks an id that is needed.
  init?(_ contract: Contract) {
    guard let message = contract.messages[Call.Kind.pushOrderChange.rawValue],
      let requestId = FieldRoute(message.field(.requestId)),
      let requestOrderId = FieldRoute(message.field(.requestOrderId))
    else { return nil }
    self.requestId = requestId
    self.requestOrderId = requestOrderId
    orderStatus = FieldRoute(message.field(.orderStatus))
  }

  func read(
    _ root: JSONValue, _ body: VerifiedBody, _ flags: [OrderFlag], now: Int64
  ) throws(Refusal) -> ReceivedChange {
    ReceivedChange(
      requestId: try requestId.id(in: root), requestOrderId: try requestOrderId.id(in: root),
      orderStatus: orderStatus?.text(in: root), body: body.bytes,
      digest: root.canonicalDigest.hex, flags: flags, receivedAt: now)
  }
}

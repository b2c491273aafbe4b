import Contract
import Digests
import JSON
import Records
import Signing

/// Reads createOrder.
struct OrderReader: Sendable {
  private let requestOrderId: FieldRoute
  private let account: FieldRoute
  private let store: FieldRoute
  private let channelOrderId: FieldRoute?
  private let review: OrderReview?
  private let stores: [String: Set<String>]

  /// What a body must not say in two ways.
  var ids: [FieldRoute] { [requestOrderId, account, store] }

  /// - Returns: nothing where the contract lacks an id that is needed.
  init?(_ contract: Contract, stores: [String: Set<String>]) {
    guard let message = contract.messages[Call.Kind.createOrder.rawValue],
      let requestOrderId = FieldRoute(message.field(.requestOrderId)),
      let account = FieldRoute(message.field(.accountId)),
      let store = FieldRoute(message.field(.storeId))
    else { return nil }
    self.requestOrderId = requestOrderId
    self.account = account
    self.store = store
    self.stores = stores
    channelOrderId = FieldRoute(message.field(.channelOrderId))
    review = OrderReview(message)
  }

  func read(
    _ root: JSONValue, _ body: VerifiedBody, _ flags: [OrderFlag], now: Int64
  ) throws(Refusal) -> Errand {
    let id = try requestOrderId.id(in: root)
    let account = account.text(in: root)
    let store = store.text(in: root)
    if let reason = objection(account: account, store: store) {
      let refused = RefusedCall(
        call: Call.Kind.createOrder.rawValue, cause: .store, reason: reason, requestOrderId: id,
        account: account, store: store, digest: root.canonicalDigest.hex, refusedAt: now)
      return .hopeless(refused, Refusal(.unknownStore, reason))
    }
    return .order(
      ReceivedOrder(
        requestOrderId: id, account: account ?? "", store: store ?? "",
        channelOrderId: channelOrderId?.text(in: root), body: body.bytes,
        digest: root.canonicalDigest.hex, flags: flags + (review?.flags(of: root) ?? []),
        receivedAt: now))
  }

  private func objection(account: String?, store: String?) -> String? {
    guard let known = stores[account ?? ""] else {
      return "the account is none of ours, or is missing"
    }
    return known.contains(store ?? "") ? nil : "the store is none of this account's, or is missing"
  }
}

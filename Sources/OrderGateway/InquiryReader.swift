import Contract
import JSON
import Records

/// Reads inquireOrderDetail.
struct InquiryReader: Sendable {
  let requestOrderId: FieldRoute

  /// - Returns: nothing where the contract lacks the order's id.
  init?(_ contract: Contract) {
    let message = contract.messages[Call.Kind.inquireOrderDetail.rawValue]
    guard let route = FieldRoute(message?.field(.requestOrderId)) else { return nil }
    requestOrderId = route
  }

  func read(_ root: JSONValue, _ flags: [OrderFlag]) throws(Refusal) -> Errand {
    .inquiry(requestOrderId: try requestOrderId.id(in: root), flags: flags)
  }
}

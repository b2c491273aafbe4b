import Contract
import JSON
import LedgerStore
import Records

/// Writes the bytes of a notifyOrderChange, which every repeat sends.
struct NotificationBody {
  static let call = "notifyOrderChange"

  private let contract: Contract

  init(_ contract: Contract) { self.contract = contract }

  /// What a notification says, without its requestId.
  func content(of fields: [OrderChange.Field], _ requestOrderId: String) -> [UInt8] {
    body(fields, "", requestOrderId)
  }

  /// - Parameter changedAt: when the POS says that it happened, in milliseconds since 1970.
  func draft(
    of notification: ChangeNotification, _ requestId: String, for order: HeldOrder,
    at changedAt: Int64?
  ) -> NotificationDraft {
    NotificationDraft(
      requestId: requestId, body: body(notification.fields, requestId, order.requestOrderId),
      fields: notification.fields,
      orderStatus: notification.orderStatus, refund: notification.refund,
      isFilledIn: notification.isFilledIn, shortOrderNumber: shortNumber(notification),
      changedAt: changedAt)
  }

  /// The same under a new id, for one that D-Store refused.
  func draft(again refused: Notification) -> NotificationDraft {
    let requestId = RequestId.next(
      after: refused.requestId, content(of: refused.fields, refused.requestOrderId))
    return NotificationDraft(
      requestId: requestId, body: body(refused.fields, requestId, refused.requestOrderId),
      fields: refused.fields, orderStatus: refused.orderStatus, refund: refused.refund,
      isFilledIn: refused.isFilledIn)
  }

  private func body(
    _ fields: [OrderChange.Field], _ requestId: String, _ order: String
  ) -> [UInt8] {
    let output = ByteOutput()
    func member(_ name: String, _ add: () -> Void) {
      output.append(output.count == 0 ? "{" : ",")
      output.appendJSON(string: name)
      output.append(":")
      add()
    }
    for field in contract.messages[Self.call]?.fields ?? [] {
      switch field.role {
      case .requestId: member(field.name) { output.appendJSON(string: requestId) }
      case .requestOrderId: member(field.name) { output.appendJSON(string: order) }
      default:
        guard let said = fields.first(where: { $0.name == field.name }) else { continue }
        member(field.name) { output.append(text: said.json) }
      }
    }
    output.append("}")
    return output.bytes.array
  }

  private func shortNumber(_ notification: ChangeNotification) -> String? {
    let role = Contract.Role.shortOrderNumber.rawValue
    guard let json = notification.fields.first(where: { $0.role == role })?.json else { return nil }
    let document = JSONDocument()
    return Bytes.withBytes(of: json) { try? document.parse($0) }.map { document.root.text }
  }
}

import Contract
import Records

/// The body of pushOrderChange.
struct ChangeBody {
  let message: Contract.Message
  let requestId: String
  let requestOrderId: String
  let orderStatus: String?
  let deliveryStatus: String?
  let edit: OrderEdit?
  let filler: Filler

  var json: String { message.fields.json(value) }

  private func value(_ field: Contract.Field) -> String? {
    switch field.role {
    case .requestId: JSONWords.string(requestId)
    case .requestOrderId: JSONWords.string(requestOrderId)
    case .orderStatus: orderStatus.map(JSONWords.string)
    case .deliveryStatus: deliveryStatus.map(JSONWords.string)
    case .updatedProducts: edit?.products
    case .refundInfo: edit.map { refund($0, field) }
    default: plain(field)
    }
  }

  /// An amount, or an object with an amount in each of its fields that takes one.
  private func refund(_ edit: OrderEdit, _ field: Contract.Field) -> String {
    let amount = JSONWords.amount(edit.refund)
    guard field.type == .object, !field.fields.isEmpty else { return amount }
    return field.fields.json { $0.type == .amount ? amount : filler.jsonIfRequired($0) }
  }

  private func plain(_ field: Contract.Field) -> String? {
    guard field.type == .object, !field.fields.isEmpty else { return filler.jsonIfRequired(field) }
    let text = field.fields.json(value)
    return text == "{}" && !field.isRequired ? nil : text
  }
}

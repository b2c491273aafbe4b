import Contract
import Records

/// The body of createOrder: every field that the contract names and an order has a value for.
struct OrderBody {
  let message: Contract.Message
  let id: String
  let account: String
  let store: String
  let service: String?
  let channel: String?
  let channelOrderId: String
  /// ISO 8601: when the food is expected.
  let expectedTime: String
  let basket: Basket
  /// What the order says that it costs.
  let total: Amount
  let buyer: Buyer

  var json: String { message.fields.json(value) }

  private var filler: Filler { Filler(time: expectedTime, currency: basket.currency) }

  /// - Returns: nothing where the field is left out.
  private func value(_ field: Contract.Field) -> String? {
    switch field.role {
    case .requestOrderId: JSONWords.string(id)
    case .accountId: JSONWords.string(account)
    case .storeId: JSONWords.string(store)
    case .orderChannel: channel.map(JSONWords.string)
    case .channelOrderId: JSONWords.string(channelOrderId)
    case .serviceType: service.map(JSONWords.string)
    case .expectedTime: JSONWords.string(expectedTime)
    case .customer: person(field, else: Buyer.customer)
    case .deliveryAddress:
      service.map(OrderWords.isDelivery) == true ? person(field, else: Buyer.address) : nil
    case .orderProducts:
      JSONWords.list(basket.lines.map { OrderLine(line: $0, filler: filler).json(field.fields) })
    case .orderAmount: amount(field)
    default: plain(field)
    }
  }

  private func plain(_ field: Contract.Field) -> String? {
    if field.type == .object, !field.fields.isEmpty {
      let text = field.fields.json(value)
      return text == "{}" && !field.isRequired ? nil : text
    }
    if field.type == .string, let text = buyer.texts[field.name] { return JSONWords.string(text) }
    return filler.jsonIfRequired(field)
  }

  private func person(_ field: Contract.Field, else names: [String]) -> String {
    guard field.fields.isEmpty else { return field.fields.json(value) }
    return JSONWords.object(
      names.compactMap { name in buyer.texts[name].map { (name, JSONWords.string($0)) } })
  }

  /// An amount, or an object with an amount in each of its fields that takes one.
  private func amount(_ field: Contract.Field) -> String {
    guard field.type == .object, !field.fields.isEmpty else { return JSONWords.amount(total) }
    return field.fields.json { $0.type == .amount ? JSONWords.amount(total) : plain($0) }
  }
}

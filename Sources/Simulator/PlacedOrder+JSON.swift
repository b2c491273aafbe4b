import JSON
import Records

extension PlacedOrder {
  /// Writes the order as its file holds it; the bodies stand in it as they are.
  func write(to output: ByteOutput) {
    output.append("{\"requestOrderId\":")
    output.appendJSON(string: requestOrderId)
    output.append(",\"summary\":")
    output.appendJSON(string: summary)
    output.append(",\"total\":")
    output.append(text: JSONWords.amount(total))
    output.append(",\"status\":")
    output.appendJSON(string: status)
    output.append(",\"refunded\":")
    output.appendJSON(number: refunded)
    output.append(",\"answer\":")
    output.appendJSON(string: answer.rawValue)
    if let posOrderId {
      output.append(",\"posOrderId\":")
      output.appendJSON(string: posOrderId)
    }
    output.append(",\n\"body\":")
    output.append(body)
    output.append(",\n\"changes\":[")
    for (index, change) in changes.enumerated() { change.write(to: output, isFirst: index == 0) }
    output.append("]}\n")
  }

  /// Reads what ``write(to:)`` wrote; nothing where it is something else.
  init?(_ root: JSONValue) {
    guard let id = root["requestOrderId"]?.text, let status = root["status"]?.text,
      let total = root["total"]?.amount, let body = root["body"]?.raw.array,
      let answer = root["answer"].flatMap({ Answer(rawValue: $0.text) }),
      let refunded = root["refunded"].flatMap({ Int64($0.text) }), let list = root["changes"]
    else { return nil }
    let changes = list.elements.compactMap { Change($0) }
    guard changes.count == list.count else { return nil }
    self.init(
      requestOrderId: id, summary: root["summary"]?.text ?? "", total: total, status: status,
      refunded: refunded, answer: answer, posOrderId: root["posOrderId"]?.text, body: body,
      changes: changes)
  }
}

extension PlacedOrder.Change {
  fileprivate func write(to output: ByteOutput, isFirst: Bool) {
    output.append(isFirst ? "\n{\"side\":" : ",\n{\"side\":")
    output.appendJSON(string: side.rawValue)
    output.append(",\"requestId\":")
    output.appendJSON(string: requestId)
    output.append(",\"summary\":")
    output.appendJSON(string: summary)
    output.append(",\"answer\":")
    output.appendJSON(string: answer.rawValue)
    output.append(",\"body\":")
    output.append(body)
    output.append("}")
  }

  fileprivate init?(_ value: JSONValue) {
    guard let side = value["side"].flatMap({ PlacedOrder.Side(rawValue: $0.text) }),
      let answer = value["answer"].flatMap({ PlacedOrder.Answer(rawValue: $0.text) }),
      let id = value["requestId"]?.text, let body = value["body"]?.raw.array
    else { return nil }
    self.init(
      side: side, requestId: id, summary: value["summary"]?.text ?? "", body: body, answer: answer)
  }
}

extension JSONValue {
  /// `{value, currency}` as an amount; nothing where it is none.
  var amount: Amount? {
    guard let value = self["value"].flatMap({ Int64($0.text) }),
      let currency = self["currency"].flatMap({ Currency(code: $0.text) })
    else { return nil }
    return Amount(value: value, currency: currency)
  }
}

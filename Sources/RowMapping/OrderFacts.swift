import JSON
import Records

/// What the connector itself knows of an order, for `${@posOrderId}` and the like.
package struct OrderFacts: Hashable, Sendable {
  package var posOrderId: String
  package var orderStatus: String
  /// What is odd about it, in words; empty where nothing is.
  package var flags: String
  /// ISO 8601.
  package var receivedAt: String

  package init(posOrderId: String, orderStatus: String, flags: String, receivedAt: String) {
    self.posOrderId = posOrderId
    self.orderStatus = orderStatus
    self.flags = flags
    self.receivedAt = receivedAt
  }

  /// The words that a mapping may write behind the `@`.
  static let words = ["posOrderId", "orderStatus", "flags", "receivedAt"]

  /// An object with all of them, so that templates read them as they read an order.
  var json: JSONValue {
    let output = ByteOutput()
    for (word, text) in zip(Self.words, [posOrderId, orderStatus, flags, receivedAt]) {
      output.append(output.count == 0 ? "{" : ",")
      output.appendJSON(string: word)
      output.append(UInt8(ascii: ":"))
      output.appendJSON(string: text)
    }
    output.append("}")
    let document = JSONDocument()
    try? document.parse(output.bytes)
    return document.root
  }
}

import JSON
import Records
import RowMapping

/// Orders as D-Store sends them, and as nobody should send them.
struct SampleOrders {
  struct Order {
    let document: JSONDocument
    let facts: OrderFacts
  }

  let all: [Order]

  static let texts = [
    #"""
    {"requestOrderId": "R-1", "requestId": "C-1", "posAccountId": "acc", "posStoreId": "S1",
     "orderChannel": "GRABFOOD", "channelOrderId": "GF-77", "serviceType": "DINEIN",
     "orderStatus": "CANCELLED", "expectFulfillmentTime": "2026-01-31T12:30:00+08:00",
     "customer": {"name": "=Ann \"A\" <Lim>", "phone": "+65 8123"}, "note": "no\nchili\u001b[2J",
     "orderProducts": [
       {"posProductId": "101", "name": "Laksa", "quantity": 2, "price": {"value": 650, "currency": "SGD"},
        "tags": ["hot", "soup"], "modifiers": [{"posProductId": "m1", "name": "Egg", "quantity": 1}]},
       {"posProductId": "102", "name": "Kopi", "quantity": "1", "price": {"value": "1250"}}],
     "orderAmount": {"value": 1300, "currency": "SGD"}, "table": "T5", "isVip": true}
    """#,
    #"""
    {"requestOrderId": "../../..", "orderProducts": {"name": []}, "posStoreId": null,
     "customer": [1, {"name": "麺"}], "orderAmount": 1e400, "note": {"a": [[]]}}
    """#,
    #"{"orderProducts": [null, 1, "x", [], {"quantity": -99999999999999999999}], "": "", "a.b": 1}"#,
    "{}",
  ]

  init() throws {
    all = try Self.texts.map { text in
      let document = JSONDocument()
      try Bytes.withBytes(of: text) { bytes in try document.parse(bytes) }
      return Order(
        document: document,
        facts: OrderFacts(
          posOrderId: "5feceb66ffc86f38", orderStatus: "ORDER_SUCCESS", flags: "",
          receivedAt: "2026-01-31T04:08:56+00:00"))
    }
  }
}

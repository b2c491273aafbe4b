/// An order as D-Store sends it, as JSON; a test changes what it is about.
struct OrderText {
  var id = #""R-1""#
  var account = #""kopi""#
  var store = #""east""#
  var channel = #""GRABFOOD""#
  var products = OrderText.line(#"{"value":650,"currency":"SGD"}"#, quantity: "2")
  var amount = #"{"value":1300,"currency":"SGD"}"#
  var extra = ""

  static func line(_ price: String, quantity: String, modifiers: String = "") -> String {
    #"{"posProductId":"P-1","name":"Kopi","quantity":\#(quantity),"price":\#(price)"#
      + (modifiers.isEmpty ? "}" : #","modifiers":[\#(modifiers)]}"#)
  }

  var json: String {
    """
    {"requestOrderId":\(id),"posAccountId":\(account),"posStoreId":\(store),\
    "orderChannel":\(channel),"channelOrderId":"GF-77","serviceType":"PICKUP",\
    "expectFulfillmentTime":"2026-01-31T12:30:00+08:00","orderProducts":[\(products)],\
    "orderAmount":\(amount)\(extra)}
    """
  }
}

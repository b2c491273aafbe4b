import Contract
import Records
import Testing

@testable import Simulator

struct OrderBodyTests {
  /// The body of a delivery under a contract with some fields of createOrder overridden.
  private func json(_ overrides: [String]) throws -> String {
    let text = """
      kind: contract
      messages:
        createOrder:
          fields:
      \(overrides.map { "      \($0)" }.joined(separator: "\n"))
      """
    let contract = try Contract.load(overrides: [("contract.yaml", Array(text.utf8))])
    let currency = try #require(Currency(code: "SGD"))
    let message = try contract.message(toPOS: .createOrder)
    var menu = Menu(inventedIn: currency)
    menu.dishes.removeSubrange(1...)
    let basket = Basket(menu, number: 3, note: nil)
    return OrderBody(
      message: message, id: "o-1", account: "a", store: "s", service: "DELIVERY",
      channel: "DSTORE", channelOrderId: "c-1", expectedTime: "2026-01-31T12:40:00+08:00",
      basket: basket, total: basket.total, buyer: Buyer(number: 3)
    ).json
  }

  @Test("a delivery has its address")
  func delivery() throws {
    let json = try json(["posStoreId: {basis: confirmed}"])
    #expect(
      json.hasSuffix(
        #""orderAmount":{"value":700,"currency":"SGD"},"deliveryAddress":{"#
          + #""addressDetail":"13 Harbour Lane","blockNo":"4","floorNo":"05","unitNo":"13","#
          + #""postCode":"090013","latitude":"1.2650","longitude":"103.8200","#
          + #""additionalInformation":"Ring twice"}}"#))
  }

  static let edits: [([String], String)] = [
    (["requestOrderId: {rename: orderNo}"], #"{"orderNo":"o-1","#),
    (
      ["orderAmount: {type: amount}"], #""orderAmount":{"value":700,"currency":"SGD"}"#
    ),
    (
      [
        "orderAmount.payable: {type: amount, required: true, basis: confirmed}",
        "orderAmount.label: {type: string, required: true, basis: confirmed}",
        "orderAmount.rest: {type: string, basis: confirmed}",
      ],
      #""orderAmount":{"payable":{"value":700,"currency":"SGD"},"label":"-"}"#
    ),
    (
      [
        "posStoreId: {remove: true}", "shop: {type: object, basis: confirmed}",
        "shop.id: {type: string, required: true, basis: confirmed, role: storeId}",
      ],
      #""shop":{"id":"s"}"#
    ),
    (
      ["customer.name: {remove: true}", "customer.phone: {remove: true}"],
      #""customer":{"name":"Jonas Weber","phone":"+65 8000 0104"}"#
    ),
    (
      [
        "orderProducts[].price: {rename: unitPrice}",
        "orderProducts[].modifiers[].posProductId: {remove: true}",
        "orderProducts[].modifiers[].quantity: {remove: true}",
        "orderProducts[].modifiers[].price: {rename: unitPrice}",
        "orderProducts[].modifiers[].kind: {type: string, enum: [EXTRA], required: true, basis: confirmed}",
      ],
      #""unitPrice":{"value":650,"currency":"SGD"},"modifiers":[{"name":"Extra chilli","#
        + #""unitPrice":{"value":50,"currency":"SGD"},"kind":"EXTRA"}]"#
    ),
    (
      [
        "tip: {type: amount, required: true, basis: confirmed}",
        "tags: {type: list, of: string, required: true, basis: confirmed}",
        "isTest: {type: boolean, required: true, basis: confirmed}",
        "guests: {type: integer, required: true, basis: confirmed}",
        "placedAt: {type: time, required: true, basis: confirmed}",
        "box: {type: any, required: true, basis: confirmed}",
      ],
      #""tip":{"value":0,"currency":"SGD"},"tags":[],"isTest":false,"guests":0,"#
        + #""placedAt":"2026-01-31T12:40:00+08:00","box":{}}"#
    ),
  ]

  @Test("the contract says what there is, and how it is called", arguments: edits)
  func edited(_ overrides: [String], _ part: String) throws {
    let json = try json(overrides)
    #expect(json.contains(part), "\(json)")
  }
}

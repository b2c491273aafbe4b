import Contract
import JSON
import Records
import Testing

@testable import OrderGateway

@Suite struct OrderReviewTests {
  private func flags(_ order: String, overrides: String = "kind: contract") throws -> [String] {
    let contract = try Contract.load(overrides: [("sa.yaml", Array(overrides.utf8))])
    let message = try #require(contract.messages["createOrder"])
    let review = try #require(OrderReview(message))
    let document = JSONDocument()
    try Bytes.withBytes(of: order) { (view) throws(JSONFault) in try document.parse(view) }
    return review.flags(of: document.root).map { "\($0.code) \($0.words)" }
  }

  private static func sgd(_ value: String) -> String { #"{"value":\#(value),"currency":"SGD"}"# }

  private static func differ(_ words: String) -> [String] {
    ["amounts-differ orderAmount: \(words)"]
  }

  private static let large = OrderText.line(sgd("50"), quantity: "2", modifiers: milk)
  private static let milk = OrderText.line(sgd("30"), quantity: "1")

  @Test(
    "prices times quantities, with what was chosen, are held against the order's amount",
    arguments: [
      (OrderText.line(sgd("650"), quantity: "2"), sgd("1300"), []),
      (OrderText.line(sgd(#""650""#), quantity: #""2""#), sgd(#""1300""#), []),
      (
        OrderText.line(sgd("650"), quantity: "2"), sgd("1350"),
        differ("the products add up to 13.00 SGD, and the order says 13.50 SGD")
      ),
      ("\(large),\(milk)", sgd("190"), []), ("\(large),\(milk)", sgd("160"), []),
      (
        "\(large),\(milk)", sgd("161"),
        differ("the products add up to 1.60 SGD or 1.90 SGD, and the order says 1.61 SGD")
      ),
      (
        OrderText.line(
          sgd("10"), quantity: "3",
          modifiers: OrderText.line(sgd("5"), quantity: "2", modifiers: milk)), sgd("240"), []
      ),
      (OrderText.line(sgd("0"), quantity: "5"), sgd("0"), []),
      ("", sgd("100"), []),
      (#"{"posProductId":"P","quantity":2}"#, sgd("100"), []),
      (#"{"price":\#(sgd("100"))}"#, sgd("100"), []),
      (#"{"price":\#(sgd("100")),"modifiers":"none"}"#, sgd("100"), []),
      (#""x""#, sgd("100"), []),
    ])
  func sums(products: String, amount: String, expected: [String]) throws {
    #expect(try flags(OrderText(products: products, amount: amount).json) == expected)
  }

  @Test("of an object of amounts one must be right")
  func amounts() throws {
    let products = OrderText.line(Self.sgd("650"), quantity: "2")
    func found(_ amount: String) throws -> [String] {
      try flags(OrderText(products: products, amount: amount).json)
    }
    let right = #"{"subtotal":\#(Self.sgd("1300")),"total":\#(Self.sgd("1400")),"note":"x"}"#
    #expect(try found(right) == [])
    #expect(
      try found(right.replacing("1300", with: "1299"))
        == Self.differ("the products add up to 13.00 SGD, and none of the order's amounts says so"))
    #expect(
      try found("{}")
        == Self.differ("the products add up to 13.00 SGD, and the order says no amount"))
    #expect(
      try found(#"{"total":\#(Self.sgd("1400"))}"#)
        == Self.differ("the products add up to 13.00 SGD, and the order says 14.00 SGD"))
  }

  @Test("amounts in several currencies are not added up")
  func currencies() throws {
    let baht = OrderText.line(#"{"value":5,"currency":"THB"}"#, quantity: "1")
    #expect(
      try flags(OrderText(products: baht).json)
        == ["currencies-differ orderAmount: the order's amounts are in SGD and THB"])
    let unknown = OrderText.line(#"{"value":5,"currency":"<b>"}"#, quantity: "1")
    #expect(try flags(OrderText(products: unknown).json) == [])
  }

  @Test("sums beyond what a number holds are flagged")
  func tooLarge() throws {
    let most = Self.sgd("\(Int64.max)")
    let expected = Self.differ("the products' prices are too large to be added up")
    for products in [
      OrderText.line(most, quantity: "2"),
      "\(OrderText.line(most, quantity: "1")),\(OrderText.line(most, quantity: "1"))",
      OrderText.line(most, quantity: "1", modifiers: OrderText.line(most, quantity: "1")),
    ] {
      #expect(try flags(OrderText(products: products).json) == expected)
    }
  }

  @Test("fields are found where the contract says")
  func renamed() throws {
    let overrides = """
      kind: contract
      messages:
        createOrder:
          fields:
            orderProducts: {rename: lines}
            orderProducts[].price: {remove: true}
            orderProducts[].cost: {type: object, basis: confirmed}
            orderProducts[].cost.unit: {type: amount, basis: confirmed, role: linePrice}
      """
    let order = #"{"lines":[{"quantity":2,"cost":{"unit":\#(Self.sgd("5"))}}],"orderAmount":"#
    #expect(try flags(order + Self.sgd("10") + "}", overrides: overrides) == [])
    #expect(
      try flags(order + Self.sgd("11") + "}", overrides: overrides)
        == Self.differ("the products add up to 0.10 SGD, and the order says 0.11 SGD"))
  }

  @Test("what was chosen has fields of its own, found where the contract says")
  func renamedChoices() throws {
    let overrides = """
      kind: contract
      messages:
        createOrder:
          fields:
            orderProducts[].modifiers[].price: {rename: surcharge}
            orderProducts[].modifiers[].quantity: {rename: count}
      """
    let order = """
      {"orderProducts":[{"quantity":1,"price":\(Self.sgd("5")),"modifiers":\
      [{"count":2,"surcharge":\(Self.sgd("3")),"price":7,"quantity":9}]}],"orderAmount":
      """
    #expect(try flags(order + Self.sgd("11") + "}", overrides: overrides) == [])
    #expect(
      try flags(order + Self.sgd("12") + "}", overrides: overrides)
        == Self.differ("the products add up to 0.11 SGD, and the order says 0.12 SGD"))
    let line = overrides.replacing("orderProducts[].modifiers[].", with: "orderProducts[].")
    #expect(
      try flags(
        """
        {"orderProducts":[{"count":2,"surcharge":\(Self.sgd("5")),"modifiers":\
        [{"quantity":1,"price":\(Self.sgd("3"))}]}],"orderAmount":\(Self.sgd("16"))}
        """, overrides: line) == [])
  }

  @Test("a contract without prices leaves nothing to review")
  func noRoles() throws {
    let lines = "kind: contract\nmessages: {createOrder: {fields: {orderAmount: {role: none}}}}"
    let contract = try Contract.load(overrides: [("sa.yaml", Array(lines.utf8))])
    let review = OrderReview(try #require(contract.messages["createOrder"]))
    #expect(review.map { _ in true } == nil)
  }
}

import Contract
import RowMapping
import Testing

/// Fields that a contract file renames keep what the program knows of them.
struct ContractRoleTests {
  private static let overrides = """
    kind: contract
    messages:
      syncProduct:
        fields:
          products[].posProductId: {rename: code}
          products[].type: {rename: sort}
          products[].children: {rename: parts}
          products[].children[].posProductId: {rename: part}
          products[].price: {maximum: 500}
    productTypes:
      FAMILY: {children: true, basis: confirmed}
    """

  private func run(_ rows: String) -> Workbook.Result {
    var book = Workbook(
      """
      kind: products
      files: products/*.csv
      onBadRow: skip
      products:
        - sort: ${type}
          code: ${id}
          status: AVAILABLE
          price: ${price}
          parts: [{when: {child: present}, part: "${child}"}]
      """)
    book.overrides = Self.overrides
    return book.run("id|type|price|child\n" + rows)
  }

  @Test("ids, types and children are known under their new names")
  func keepsRoles() {
    let result = run("1|FAMILY||2\n2|SINGLE|5|\n3|FAMILY||\n4|SINGLE|5,01|")
    #expect(
      result.products == [
        #"{"code":"1","sort":"FAMILY","status":"AVAILABLE","parts":[{"part":"2"}]}"#,
        #"{"code":"2","sort":"SINGLE","status":"AVAILABLE","price":{"value":500,"currency":"SGD"}}"#,
      ])
    #expect(result.outcome.repeated == [["4"]])
  }

  @Test("conflicts, dangling children and limits are told under the new names")
  func tellsNewNames() {
    let result = run("1|FAMILY||9\n2|SINGLE|1|\n2|SINGLE|2|\n1E+9|SINGLE||\n5|SINGLE|5.01|")
    #expect(
      result.problems.map { $0.prefix { $0 != "(" } } == [
        "Inbox/menu.csv, line 4, record 3, \"code\": a different product with this id stands on line 3 ",
        "Inbox/menu.csv, line 5, record 4, \"id\": a spreadsheet turned this code into a number, so that "
          + "several products share it ",
        "Inbox/menu.csv, line 6, record 5, \"price\": an amount is from 0 to 500 of the smallest unit ",
        "Inbox/menu.csv, line 2, record 1: the export has no product with this id, which a product names "
          + "as its child ",
      ])
  }

  @Test("an old name is refused with the nearest that exists")
  func refusesOldNames() {
    var book = Workbook(
      """
      kind: products
      files: products/*.csv
      products: [{type: SINGLE, code: "1", status: AVAILABLE, sort: SINGLE, nmae: x}]
      """)
    book.overrides = Self.overrides
    #expect(
      book.mistakes() == [
        "m.yaml, line 3, position 13: \"type\" is not a key of template. Its keys are: category, code, "
          + "description, each, imageUrl, name, once, parts, price, sort, status, when.",
        "m.yaml, line 3, position 71: \"nmae\" is not a key of template. Did you mean \"name\"?",
      ])
  }

  @Test("the fields that templates fill are known, for check")
  func knowsFieldsInUse() throws {
    let mapping = try Workbook(
      """
      kind: products
      files: products/*.csv
      products:
        - {type: SINGLE, posProductId: "${id}", status: AVAILABLE, children: [{posProductId: a}]}
        - {type: SINGLE, posProductId: "${id}", status: AVAILABLE, name: x}
      """
    ).compile()
    #expect(
      mapping.fieldsInUse.map(\.path) == [
        "products[].posProductId", "products[].type", "products[].status", "products[].children",
        "products[].children[].posProductId", "products[].name",
      ])
  }
}

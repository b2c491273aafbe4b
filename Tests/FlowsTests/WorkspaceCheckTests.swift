import Contract
import Records
import RowMapping
import Settings
import TestSupport
import Testing

@testable import Flows

/// What `check` finds in a workspace with orders.
@Suite struct WorkspaceCheckTests {
  private func check(_ shop: OrderShop, gateway: String = "") throws -> WorkspaceCheck {
    for folder in ["Inbox", "Inbox/products", "Inbox/status"] { shop.folder.makeFolder(folder) }
    shop.folder.write(
      (shop.folder.text("Mappings/connector.yaml") ?? "") + gateway, to: "Mappings/connector.yaml")
    return WorkspaceCheck(
      workspace: shop.folder.path, settings: try shop.settings, shelf: try shop.shelf)
  }

  private static let tested = Sample.mapping(
    "NO: '${channelOrderId}'",
    """
    tests:
      - json: '{"requestOrderId": "R-1", "channelOrderId": "GF-1"}'
        makes: {file: orders/R-1.csv, text: "NO\\nGF-1\\n"}
      - json: '{"requestOrderId": "R-2"}'
        makes: {text: "NO\\n-\\n"}
    """)

  @Test("the tests of order mappings are run and counted, and each failure is a problem")
  func tests() throws {
    let check = try check(try OrderShop(["a.yaml": Self.tested, "b.yaml": Sample.mapping()]))
    #expect(check.tests == 2)
    #expect(
      check.problems.map(\.description) == [
        """
        Mappings/a.yaml, line 8, position 19: the file is another one (found: "line 2: "). Fix \
        the mapping, or the test where it is wrong.
        """
      ])
  }

  @Test("fields that the contract does not name are noted, and are no problem")
  func notes() throws {
    let check = try check(try OrderShop(["a.yaml": Sample.mapping("A: '${chanelOrderId}'")]))
    #expect(check.problems == [])
    #expect(
      check.notes.map(\.description) == [
        """
        Mappings/a.yaml, line 3, position 25: the contract names no such field of an order (found: \
        "chanelOrderId"). Did you mean "channelOrderId"?
        """
      ])
  }

  @Test("names in a template that lead nowhere are noted with their lines")
  func templateNames() throws {
    let shop = try OrderShop([
      "a.yaml": Sample.mapping(
        "CODE: x",
        """
        format: {type: template, template: order.mustache}
        values: {due: x}
        """)
    ])
    shop.folder.write(
      """
      {{! any }}{{requestOrderId}} {{channelOrderIdd}} {{customer.name}} {{{customer.nme}}}
      {{#nope}}{{anything}}{{/nope}}{{^nope}}{{alsoNope}}{{/nope}}
      {{values.due}}{{values.nope}}{{values.duee}}
      {{#records}}{{CODE}}{{CODES}}{{values.due}}{{requestOrderId}}{{^last()}},{{/last()}}{{/records}}
      {{#orderProducts}}{{.}}{{name}}{{#modifiers}}{{name}}{{quantty}}{{price.value}}{{price.valu}}{{/modifiers}}{{/orderProducts}}
      {{uppercased(orderChanel)}}{{count(orderProducts)}}{{&requestOrderId}}

      """, to: "Mappings/order.mustache")
    let check = try check(shop)
    #expect(check.problems == [])
    let field = "neither the contract nor the mapping names such a field"
    let all = "It is read anyway; look at a real order whether D-Store sends it."
    #expect(
      check.notes.map(\.description) == [
        "Mappings/order.mustache, line 1: \(field) (found: \"channelOrderIdd\"). Did you mean "
          + "\"channelOrderId\"?",
        "Mappings/order.mustache, line 1: \(field) (found: \"customer.nme\"). Did you mean \"name\"?",
        "Mappings/order.mustache, line 2: \(field) (found: \"nope\"). \(all)",
        "Mappings/order.mustache, line 2: \(field) (found: \"nope\"). \(all)",
        "Mappings/order.mustache, line 2: \(field) (found: \"alsoNope\"). \(all)",
        "Mappings/order.mustache, line 3: the mapping has no value of this name (found: "
          + "\"values.nope\"). Write it under values:, or take the tag away.",
        "Mappings/order.mustache, line 3: the mapping has no value of this name (found: "
          + "\"values.duee\"). Did you mean \"due\"?",
        "Mappings/order.mustache, line 4: \(field) (found: \"CODES\"). Did you mean \"CODE\"?",
        "Mappings/order.mustache, line 5: \(field) (found: \"quantty\"). Did you mean \"quantity\"?",
        "Mappings/order.mustache, line 5: \(field) (found: \"price.valu\"). Did you mean \"value\"?",
        "Mappings/order.mustache, line 6: \(field) (found: \"orderChanel\"). Did you mean "
          + "\"orderChannel\"?",
      ])
  }

  @Test(
    "a name that begins with a point is looked for in its own section only",
    arguments: [
      ("{{.requestOrderId}}{{.values.due}}{{.}}{{..}}", nil),
      ("{{#customer}}{{.name}}{{/customer}}", nil),
      ("{{#customer}}{{.customer}}{{/customer}}", ".customer"),
      ("{{#customer}}{{.values.due}}{{/customer}}", ".values.due"),
      ("{{#customer}}{{#.values}}{{.due}}{{/.values}}{{/customer}}", ".values"),
      ("{{#values}}{{.requestOrderId}}{{.due}}{{/values}}", ".requestOrderId"),
      ("{{#orderProducts}}{{#price}}{{.name.x}}{{/price}}{{/orderProducts}}", ".name.x"),
      ("{{.nope}}", ".nope"), ("{{.values.nope}}", ".values.nope"),
    ] as [(String, String?)])
  func pointedNames(_ template: String, _ noted: String?) throws {
    let shop = try OrderShop([
      "a.yaml": Sample.mapping(
        "CODE: x",
        """
        format: {type: template, template: order.mustache}
        values: {due: x}
        """)
    ])
    shop.folder.write(template + "\n", to: "Mappings/order.mustache")
    let check = try check(shop)
    #expect(check.problems == [])
    #expect(check.notes.map(\.value) == (noted.map { [$0] } ?? []))
  }

  @Test("fields that nobody has confirmed are listed with the mappings that read them")
  func assumptions() throws {
    let check = try check(
      try OrderShop([
        "a.yaml": Sample.mapping("A: '${customer.name}', B: '${channelOrderId}'"),
        "b.yaml": Sample.mapping("A: '${customer.name}'"),
        "c.yaml": Sample.changeMapping.replacing("channelOrderId", with: "customer.phone"),
      ]))
    #expect(check.assumptions.map(\.field.path) == ["customer.name", "customer.phone"])
    #expect(check.assumptions.map(\.mappings) == [["a", "b"], ["c"]])
  }

  @Test("an order mapping that is wrong is a problem, with its template")
  func broken() throws {
    let check = try check(
      try OrderShop([
        "a.yaml": Sample.mapping("A: x", "format: {type: template, template: gone.mustache}")
      ]))
    #expect(
      check.problems.map(\.description) == [
        """
        Mappings/gone.mustache, "format": the file is not there. It was moved or deleted in the \
        meantime, or the path is wrong.
        """
      ])
  }

  @Test("an order mapping is a mapping: nobody says that there is none")
  func isMapping() throws {
    #expect(try check(try OrderShop(["a.yaml": Sample.mapping()])).problems == [])
    #expect(try check(try OrderShop()).problems.map(\.code) == ["no-mapping"])
  }

  private static func statuses(_ files: String) -> String {
    "kind: order-status\nfiles: \(files)\nchange: {order: '${No}', orderStatus: READY}\n"
  }

  @Test("two mappings of one pattern are a problem, whether such a file is there or not")
  func samePattern() throws {
    let check = try check(
      try OrderShop([
        "a.yaml": Self.statuses("status/*.csv"), "b.yaml": Self.statuses("status/*.csv"),
      ]))
    #expect(
      check.problems.map(\.description) == [
        """
        Mappings/b.yaml: this mapping and Mappings/a.yaml take the same files, and what two \
        mappings take is left alone (found: "status/*.csv"). Change files: in one of them.
        """
      ])
  }

  @Test("a file of the inbox that two mappings take is a problem, in the words of run")
  func rivals() throws {
    let shop = try OrderShop([
      "a.yaml": Self.statuses("status/*.csv"), "b.yaml": Self.statuses("status/day-*.csv"),
    ])
    #expect(try check(shop).problems == [])
    for name in ["day-1.csv", "night.csv"] {
      shop.folder.write("No\n1\n", to: "Inbox/status/\(name)")
    }
    #expect(
      try check(shop).problems.map(\.description) == [
        """
        Inbox/status/day-1.csv: 2 mappings take this file: Mappings/a.yaml and Mappings/b.yaml. \
        Change files: in all but one of them.
        """
      ])
  }

  static let missing = """
    Outbox: the folder is missing. Mount the disk or share that it lies on, or make the folder; \
    what waits is written then.
    """

  @Test(
    "the outbox must be there where orders are taken",
    arguments: [
      ("", [missing]), ("gateway: {listen: 127.0.0.1:8443}\n", [missing]),
      ("endpoint: http://127.0.0.1:9\n", []),
      ("endpoint: http://127.0.0.1:9\ngateway: {listen: 127.0.0.1:8443}\n", [missing]),
    ])
  func outbox(settings: String, problems: [String]) throws {
    let shop = try OrderShop(["a.yaml": Sample.mapping()], hasOutbox: false)
    #expect(try check(shop, gateway: settings).problems.map(\.description) == problems)
    shop.folder.makeFolder("Outbox")
    #expect(try check(shop).problems == [])
    #expect(shop.files == [])
  }
}

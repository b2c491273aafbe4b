import Contract
import Digests
import OutboxFiles
import Records
import Settings
import TestSupport
import Testing

@testable import Flows
@testable import LedgerStore

/// The POS's file of an order.
@Suite struct OrderFileTests {
  /// What the first waiting release becomes.
  private func made(_ shop: OrderShop) throws -> OrderFile.Made {
    let shelf = try shop.shelf
    let maker = OrderFile(
      shelf: shelf.orders, zone: try shop.settings.timeZone,
      initialStatus: shelf.contract.journey.first, gone: GoneMappings([], shelf.orders))
    return try maker.file(of: try #require(try shop.open.first))
  }

  private func text(_ shop: OrderShop) throws -> String {
    String(decoding: try made(shop).file.bytes, as: UTF8.self)
  }

  private func problem(_ shop: OrderShop) throws -> Problem? {
    #expect(throws: Problem.self) { try made(shop) }
  }

  @Test("without a mapping it is D-Store's JSON as it came, under the order's id")
  func untouched() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1", ", \"x\" : 1.0"))
    let made = try made(shop)
    #expect(made.file.name == "orders/R-1.json")
    #expect(made.file.fixedFolder == "orders")
    #expect(made.file.marker == nil)
    #expect(made.flag == nil)
    #expect(
      try text(shop)
        == #"{"requestOrderId":"R-1","posStoreId":"S-1","channelOrderId":"GF-1", "x" : 1.0}"#)
  }

  @Test("a note that was cut inside a character is whole for the POS, and not in the ledger")
  func cut() throws {
    let note = #", "note":"ice \ud83d""#
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1", note, flags: [.brokenText]))
    #expect(
      try text(shop).hasPrefix(
        #"{"requestOrderId":"R-1","posStoreId":"S-1","channelOrderId":"GF-1", "note":"ice \ufffd","#
      ))
    let body = try #require(try shop.open.first?.order.body)
    #expect(String(decoding: body, as: UTF8.self).hasSuffix(#""ice \ud83d"}"#))
    shop.write(["a.yaml": Sample.mapping("NOTE: '${note}'")])
    #expect(try text(shop) == "NOTE\nice \u{FFFD}\n")
  }

  @Test(
    "an id from outside chooses no folder",
    arguments: [
      ("../../etc/cron.d/x", "etc-cron.d-x-"), ("CON", "CON-"), (".", ""), ("Ann/Lim", "Ann-Lim-"),
    ])
  func unsafe(id: String, front: String) throws {
    let shop = try OrderShop()
    try shop.take(Sample.order(id))
    let name = try made(shop).file.name
    #expect(name.hasPrefix("orders/\(front)"))
    #expect(name.dropFirst(7 + front.count).wholeMatch(of: /[0-9a-f]{16}\.json/) != nil)
  }

  @Test("the first mapping by name that takes the order makes its file")
  func first() throws {
    let shop = try OrderShop([
      "c.yaml": Sample.mapping("A: c"), "b.yaml": Sample.mapping("A: b", "marker: .done"),
      "a.yaml": Sample.mapping("A: a", "where: {posStoreId: S-2}"),
    ])
    try shop.take(Sample.order("R-1"))
    let made = try made(shop)
    #expect(made.file.name == "orders/R-1.csv")
    #expect(made.file.marker == ".done")
    #expect(try text(shop) == "A\nb\n")
  }

  @Test("an order that no mapping takes is written as it came")
  func none() throws {
    let shop = try OrderShop(["a.yaml": Sample.mapping("A: a", "unless: {posStoreId: S-1}")])
    try shop.take(Sample.order("R-1"))
    #expect(try made(shop).file.name == "orders/R-1.json")
  }

  @Test("an order that was cancelled before it was written says so, in JSON and through a mapping")
  func cancelled() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"), Sample.change("C-1", of: "R-1", "CANCELLED"))
    #expect(
      try text(shop) == """
        {"requestOrderId":"R-1","posStoreId":"S-1","channelOrderId":"GF-1",\
        "@connector":{"orderStatus":"CANCELLED"}}
        """)
    shop.write(["a.yaml": Sample.mapping("NO: '${channelOrderId}', STATE: '${@orderStatus}'")])
    #expect(try text(shop) == "NO,STATE\nGF-1,CANCELLED\n")
  }

  @Test("what is odd about an order stands in its file, in JSON and through a mapping")
  func flags() throws {
    let shop = try OrderShop()
    let flags = [
      OrderFlag("amounts-differ", field: "orderAmount", "the products add up to 5"),
      OrderFlag("clock", "its time is off"),
    ]
    try shop.take(Sample.order("R-1", flags: flags))
    #expect(
      try text(shop).hasSuffix(
        """
        ,"@connector":{"flags":[{"code":"amounts-differ","field":"orderAmount",\
        "message":"the products add up to 5"},{"code":"clock","message":"its time is off"}]}}
        """))
    let columns = "A: '${@flags}', B: '${@posOrderId}', C: '${@receivedAt}'"
    shop.write(["a.yaml": Sample.mapping(columns)])
    #expect(
      try text(shop) == """
        A,B,C
        orderAmount: the products add up to 5; its time is off,\(PosOrderId.of("R-1")),2026-03-14T11:00:00+08:00

        """)
  }

  @Test("a change is written with what is known of its order, and by its own time and flags")
  func change() throws {
    let shop = try OrderShop(["c.yaml": Sample.changeMapping])
    let flag = OrderFlag("unknown-word", field: "deliveryStatus", "nobody knows it")
    try shop.take(
      Sample.order("R-1", flags: [OrderFlag("odd", "odd")]),
      Sample.change("C-1", of: "R-1", "CANCELLED", flags: [flag]))
    try shop.release()
    try shop.take(Sample.change("C-2", of: "R-1", flags: [flag]))
    #expect(shop.text("changes/R-1-C-1.csv") == "NO,STATE\nGF-1,CANCELLED\n")
    #expect(try text(shop) == "NO,STATE\nGF-1,\n")
    shop.write([
      "c.yaml": Sample.changeMapping.replacing(
        "NO:", with: "NOW: '${@orderStatus}', AT: '${@receivedAt}', ODD: '${@flags}', NO:")
    ])
    #expect(
      try text(shop)
        == "NOW,AT,ODD,NO,STATE\n"
        + "CANCELLED,2026-03-14T11:01:00+08:00,deliveryStatus: nobody knows it,GF-1,\n")
  }

  @Test("a change of no mapping is D-Store's JSON, under both ids, and does not repeat the status")
  func untouchedChange() throws {
    let shop = try OrderShop(["a.yaml": Sample.mapping("A: a")])
    try shop.take(Sample.order("R-1"), Sample.change("C-1", of: "R-1", "CANCELLED"))
    try shop.release()
    #expect(shop.files == ["changes/R-1-C-1.json", "orders/R-1.csv"])
    #expect(
      shop.text("changes/R-1-C-1.json")
        == #"{"requestId":"C-1","requestOrderId":"R-1","orderStatus":"CANCELLED"}"#)
  }

  @Test("a change of an order whose data was purged is written without it")
  func changeOfPurged() throws {
    let shop = try OrderShop(["c.yaml": Sample.changeMapping])
    try shop.take(Sample.order("R-1"))
    try shop.release()
    _ = try shop.ledger.purge(try shop.scope, before: .max, at: shop.now)
    try shop.take(Sample.change("C-1", of: "R-1", "COMPLETED"))
    #expect(try text(shop) == "NO,STATE\n-,COMPLETED\n")
  }

  @Test("what was purged cannot be written again")
  func purged() throws {
    let shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    try shop.release()
    _ = try shop.ledger.purge(try shop.scope, before: .max, at: shop.now)
    let order = try #require(try shop.ledger.order(try shop.scope, .requestOrderId, "R-1"))
    let purged = Release(
      id: 1, order: order, change: nil, state: .stored, file: nil, tries: 0, reason: nil,
      nextTryAt: nil, isRepeat: true, releasedAt: nil)
    let maker = OrderFile(
      shelf: OrderShelf(), zone: try shop.settings.timeZone, initialStatus: "ORDER_SUCCESS",
      gone: GoneMappings([], OrderShelf()))
    let problem = #expect(throws: Problem.self) { try maker.file(of: purged) }
    #expect(
      problem?.description
        == "the order's data is not kept any more (retention in connector.yaml), so its file cannot "
        + "be written again (found: \"R-1\").")
  }

  @Test("orders wait while a mapping of their kind is wrong that would take them, changes do not")
  func broken() throws {
    let shop = try OrderShop([
      "b.yaml": Sample.mapping("A: a"), "a.yaml": Sample.mapping("A: '${x | uper}'"),
    ])
    try shop.take(Sample.order("R-1"))
    #expect(
      try problem(shop)?.description == """
        Mappings/a.yaml: orders wait, because the mapping that may write them is wrong. Run \
        dstore-connector check, and fix it; they are written then.
        """)
    shop.folder.remove("Mappings/a.yaml")
    try shop.release()
    shop.write(["a.yaml": Sample.mapping("A: '${x | uper}'")])
    try shop.take(Sample.change("C-1", of: "R-1"), Sample.order("R-2"))
    try shop.release()
    #expect(shop.files == ["changes/R-1-C-1.json", "orders/R-1.csv"])
    #expect(try shop.open.map(\.order.requestOrderId) == ["R-2"])
  }

  /// A mapping of one merchant's orders.
  private static func mapping(of account: String, _ columns: String = "A: a") -> String {
    Sample.mapping(columns, "where: {posAccountId: \(account)}")
  }

  @Test(
    "a merchant's mapping that is wrong holds up the orders that it might take, and no others",
    arguments: [
      ("a word in a template", "a.yaml", mapping(of: "rivale", "A: '${x | uper}'"), ["V-1"]),
      (
        "a key that is not known", "a.yaml", mapping(of: "rivale") + "recods: []\n", ["R-1", "V-1"]
      ),
      (
        "conditions that cannot be read", "a.yaml", Sample.mapping("A: a", "where: [1]"),
        ["R-1", "V-1"]
      ),
      ("no YAML at all", "a.yaml", "kind: orders\n\tx", ["R-1", "V-1"]),
      ("one that comes last", "z.yaml", "kind: orders\n\tx", ["R-1", "V-1"]),
    ])
  func othersGoOn(what: String, name: String, text: String, written: [String]) throws {
    let shop = try OrderShop([
      "m.yaml": Self.mapping(of: "vento"), "n.yaml": Self.mapping(of: "rivale"), name: text,
    ])
    func order(_ id: String, _ account: String) -> Intake {
      Sample.order(id, ",\"posAccountId\":\"\(account)\"", account: account)
    }
    try shop.take(order("R-1", "rivale"), order("V-1", "vento"), order("X-1", "third"))
    try shop.release()
    #expect(
      shop.files.filter { $0.hasSuffix(".csv") } == written.map { "orders/\($0).csv" }, "\(what)")
    // What no mapping takes that can be read may be meant for the one that cannot.
    let waits = try shop.open.map(\.order.requestOrderId)
    let isReadable = what == "a word in a template"
    #expect(waits == (isReadable ? ["R-1"] : ["X-1"]), "\(what)")
    #expect(shop.files.contains("orders/X-1.json") == isReadable, "\(what)")
  }

  @Test("one that cannot be read at all holds up the orders of the stores that it served before")
  func servedBefore() throws {
    let shop = try OrderShop([
      // Too large to be kept as the last good version.
      "a.yaml": Self.mapping(of: "rivale") + "#" + String(repeating: "x", count: KeptMapping.limit),
      "m.yaml": Sample.mapping("A: m"),
    ])
    func order(_ id: String, _ account: String) -> Intake {
      Sample.order(id, ",\"posAccountId\":\"\(account)\"", account: account)
    }
    try shop.take(order("R-1", "rivale"), order("V-1", "vento"))
    try shop.release()
    shop.write(["a.yaml": "kind: orders\n\tx"])
    try shop.take(order("R-2", "rivale"), order("V-2", "vento"))
    try shop.release()
    #expect(shop.files == ["orders/R-1.csv", "orders/V-1.csv", "orders/V-2.csv"])
    #expect(try shop.open.map(\.order.requestOrderId) == ["R-2"])
    shop.write(["a.yaml": Self.mapping(of: "rivale")])
    try shop.release()
    #expect(shop.files.contains("orders/R-2.csv"))
  }

  @Test("what a mapping cannot make sense of is told with its place, and nothing is made")
  func unwritable() throws {
    let shop = try OrderShop([
      "a.yaml": Sample.mapping("A: '${note | lookup(t)}'", "tables: {t: {x: y}}")
    ])
    try shop.take(Sample.order("R-1", ",\"note\":\"Ann Lim\""))
    let problem = try #require(try problem(shop))
    #expect(problem.place.file == "Mappings/a.yaml")
    #expect(problem.value == "Ann Lim")
    #expect(!problem.reason.contains("Ann Lim"))
    #expect(
      problem.reason
        == "Mappings/a.yaml, line 3, position 25, \"note\": the table \"t\" has no such word")
  }

  @Test("what an encoding cannot hold is flagged without being told")
  func replaced() throws {
    let shop = try OrderShop([
      "a.yaml": Sample.mapping("A: '${note}'", "format: {type: csv, encoding: iso-8859-1}")
    ])
    try shop.take(Sample.order("R-1", ",\"note\":\"Müller 猫猫\""))
    let made = try made(shop)
    #expect(made.file.bytes == Array("A\nM".utf8) + [0xFC] + Array("ller ??\n".utf8))
    #expect(
      made.flag
        == OrderFlag(
          "characters-replaced",
          "2 characters that iso-8859-1 cannot hold were replaced in the file"))
  }
}

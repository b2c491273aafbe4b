import Foundation
import TestSupport
import Testing

/// A pattern of a mapping, and a text for which it would take forever.
@Suite(.talksToPrograms) struct SlowPatternTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")
  private static let pattern = #"^(\w+\s?)+:(\d+)$"#
  private static let slow = "please ring the bell twice and leave the food at the door: thank you"

  private static let place = "Mappings/pos.yaml, line 3, position 57"
  private static let trouble = """
    : match would take too long with this text. \(remedy)
    """
  private static let remedy = """
    Make the pattern simpler, above all where something that repeats stands in something that \
    repeats, such as (\\w+\\s?)+; or shorten the text before: truncate(200) | match(…). To have the \
    order anyway, run `dstore-connector resend ORDER --plain`: it is written as D-Store's own \
    JSON.
    """

  /// Places an order with a note, as D-Store does.
  private func place(_ id: String, _ note: String, _ counter: Counter) async throws {
    counter.shop.folder.write(
      "\(id).body",
      """
      {"requestOrderId": "\(id)", "posAccountId": "merchant", "posStoreId": "S-1",
       "orderChannel": "GRABFOOD", "channelOrderId": "C-\(id)", "serviceType": "PICKUP",
       "orderProducts": [{"posProductId": "LAK", "name": "Laksa", "quantity": 1,
         "price": {"value": 650, "currency": "SGD"}, "note": "\(note)"}],
       "orderAmount": {"totalAmount": {"value": 650, "currency": "SGD"}}}

      """)
    let ending = await counter.caller("send", "createOrder", "\(id).body").end()
    try #require(ending.exit == 0, "\(ending)")
  }

  @Test("an order whose note a pattern cannot cope with waits by itself, named with what to do")
  func order() async throws {
    let counter = Counter()
    let (shop, folder) = (counter.shop, counter.shop.folder)
    folder.write("Mappings/menu.yaml", Shop.mapping + "store: S-1\n")
    folder.write(
      "Mappings/pos.yaml",
      """
      kind: orders
      file: orders/${requestOrderId}.csv
      records: [{each: {line: orderProducts}, columns: {NOTE: '${line.note | match("\(Self.pattern)")}'}}]

      """)
    let serve = try await counter.serve()
    try await place("A-1", "table:7", counter)
    try await place("A-2", Self.slow, counter)
    try await place("A-3", "table:9", counter)
    try await until("the others are written") { counter.orders == ["A-1.csv", "A-3.csv"] }
    let told = await counter.stop(serve)
    let kept = "\(Self.trouble) 1 file(s) wait for it: order \"A-2\".\n"
    #expect(told.err.hasPrefix(Self.place) && told.err.hasSuffix(kept), "\(told)")
    // Products and statuses go on.
    shop.drop(Shop.menu)
    let run = await shop.run()
    #expect(run.exit == 1)
    #expect(run.err.hasPrefix(Self.place) && run.err.hasSuffix(kept), "\(run)")
    #expect(shop.dstore.effects == 1)
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(
      status.out.contains("order \"A-2\", received TIME: \(Self.place)")
        && status.out.contains("match would take too long with this text\n      \(Self.remedy)\n"),
      "\(status)")
    // The guest's words are nobody else's.
    for text in [told.err, run.err, status.out] { #expect(!text.contains("ring the bell")) }
    await expect(
      shop.command("resend", "A-2", "--plain"),
      .init(exit: 0, out: "Outbox/orders/A-2.json: written.\n", err: ""))
    let written = try #require(json(folder.text("Outbox/orders/A-2.json")))
    let lines = try #require(written["orderProducts"] as? [[String: Any]])
    #expect(lines.first?["note"] as? String == Self.slow)
    await expect(shop.run(), Self.quiet)
    #expect(counter.orders == ["A-1.csv", "A-2.json", "A-3.csv"])
  }

  @Test("in an export it is a bad row, and the others go on")
  func export() async throws {
    let shop = Shop(
      mapping: Shop.mapping.replacing(
        "name: ${name}", with: #"name: ${name | match("^(\w+\s?)+:(\d+)$") | default(id)}"#)
        + "onBadRow: skip\nmaxBadRows: 2\n")
    shop.drop(Shop.menu.replacing("Satay", with: Self.slow))
    let run = await shop.run()
    #expect(run.exit == 1)
    #expect(
      run.err.contains("line 3") && run.err.contains("match would take too long"), "\(run.err)")
    #expect(shop.dstore.menu("S-1").count == 3)
  }
}

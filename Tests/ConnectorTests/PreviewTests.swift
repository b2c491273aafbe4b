import Testing

/// Which mapping an export is previewed through, and what is shown of a status file.
@Suite struct PreviewTests {
  private static let statuses = """
    kind: order-status
    files: status/*.csv
    change: {order: '${No}', orderStatus: READY, changedAt: '${At}'}

    """

  @Test("preview of a status file shows when its changes happened")
  func previewStatuses() async {
    let shop = Shop()
    shop.folder.write("Mappings/states.yaml", Self.statuses)
    shop.folder.write("Inbox/status/day.csv", "No,At\n7,2026-01-31T12:08:56+08:00\n8,\n")
    let ending = await shop.command("preview", "Inbox/status/day.csv")
    #expect(ending.exit == 0)
    let lines = ending.out.split(separator: "\n").suffix(2)
    #expect(
      lines == [
        #"  line 2: requestOrderId "7": orderStatus "READY", changedAt TIME"#,
        #"  line 3: requestOrderId "8": orderStatus "READY""#,
      ])
  }

  @Test(
    "preview leaves no temporary files, also where the file is refused",
    arguments: ["Price", "Cost"])
  func previewLeavesNothing(column: String) async {
    let shop = Shop()
    shop.folder.write("tmp/.keep", "")
    shop.drop("Code,Name,\(column),Open\nA1,Laksa,6.50,Y\n")
    let ending = await Program(
      [Shop.connector, "preview", "Inbox/products/menu.csv"], in: shop.folder.path,
      environment: ["TMPDIR": shop.folder.path("tmp")]
    ).end()
    #expect(ending.exit == (column == "Price" ? 0 : 1), "\(ending)")
    #expect(shop.folder.files("tmp") == [".keep"])
  }

  @Test("preview picks no mapping where two take the file, and says so")
  func previewRivals() async {
    let shop = Shop()
    shop.folder.write("Mappings/states.yaml", Self.statuses)
    shop.folder.write("Mappings/again.yaml", Self.statuses)
    shop.folder.write("Inbox/status/day.csv", "No,At\n7,\n")
    let ending = await shop.command("preview", "Inbox/status/day.csv")
    #expect(ending.exit == 1)
    #expect(
      ending.err == """
        Inbox/status/day.csv: 2 mappings take this file: Mappings/again.yaml and \
        Mappings/states.yaml. A run leaves it alone: change files: in all but one of them. \
        --mapping shows what one of them would make of it.

        """)
    let chosen = await shop.command("preview", "--mapping", "again", "Inbox/status/day.csv")
    #expect(chosen.exit == 0)
  }

  @Test(
    "preview lists every mapping that it could take, and says of one that writes orders why not",
    arguments: [
      (
        "nope",
        "Mappings/ has no mapping of exports of this name (found: \"nope\"). It has: menu, "
          + "states.\n"
      ),
      (
        "orders",
        "this mapping writes orders and reads no export (found: \"orders\"). "
          + "dstore-connector check runs its tests and shows what differs.\n"
      ),
    ])
  func previewUnknown(mapping: String, message: String) async {
    let shop = Shop()
    shop.folder.write("Mappings/states.yaml", Self.statuses)
    shop.folder.write(
      "Mappings/orders.yaml",
      "kind: orders\nfile: orders/${requestOrderId}.csv\nrecords: [{columns: {A: x}}]\n")
    shop.drop(Shop.menu)
    let ending = await shop.command("preview", "--mapping", mapping, "Inbox/products/menu.csv")
    #expect(ending.exit == 1)
    #expect(ending.err == message)
  }
}

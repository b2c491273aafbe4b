extension Shop {
  /// A café with a ledger of Tests/Fixtures/ledgers, which from now on talks to the double.
  static func cafe(_ ledger: String) throws -> Shop {
    let shop = Shop(stores: ["cafe-1"])
    try shop.folder.restoreLedger(ledger)
    shop.change(
      """
      UPDATE scope SET environment = 'sandbox', clientId = '\(DStoreDouble.clientId)',
        endpoint = CASE endpoint WHEN 'embedded' THEN '\(shop.dstore.endpoint)' ELSE endpoint END,
        account = CASE account WHEN '' THEN '' ELSE 'merchant' END
      """)
    // The tests' clock is not that of the ledger's day.
    shop.change("UPDATE statusChange SET waitsUntil = 9000000000000 WHERE state = 'waiting'")
    shop.folder.write(
      "Mappings/till.yaml",
      """
      kind: order-status
      files: status/till*.csv
      currency: SGD
      change:
        order: ${Order}
        matchBy: requestOrderId
        orderStatus: ${State | lookup(state)}
        shortOrderNumber: ${Ticket}
        refundAmount: ${Refund}
      tables: {state: {taken: ACCEPTED, ready: READY, done: COMPLETED}}

      """)
    return shop
  }
}

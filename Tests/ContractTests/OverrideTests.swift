import Contract
import Records
import Testing

@Suite struct OverrideTests {
  @Test("an entry needs only what changes")
  func change() throws {
    let sync = try #require(
      try contract(
        """
        messages:
          syncProduct:
            path: /v3/sync
            fields:
              products[].name: {maximum: 64, required: yes, basis: confirmed}
              requestId: {maximum: none}
              products[].category: {enum: [FOOD, DRINK], role: none}
        """
      ).messages["syncProduct"])
    #expect(sync.path == "/v3/sync")
    let name = try #require(sync.field(.productName))
    #expect(name.type == .string && name.maximum == 64 && name.isRequired && name.isFreeText)
    #expect(name.basis == .confirmed)
    #expect(sync.field(.requestId)?.maximum == nil)
    #expect(sync.field(path: "products[].category")?.allowed == ["FOOD", "DRINK"])
  }

  @Test("a renamed field keeps its role, and what stands in it moves along")
  func rename() throws {
    let sync = try #require(
      try contract(
        """
        messages:
          syncProduct:
            fields:
              products: {rename: productList}
              products[].status: {rename: saleStatus}
              requestId: {rename: requestNo}
        """
      ).messages["syncProduct"])
    #expect(sync.field(.products)?.path == "productList")
    #expect(sync.field(.productStatus)?.path == "productList[].saleStatus")
    #expect(sync.field(.productStatus)?.name == "saleStatus")
    #expect(sync.field(.childId)?.path == "productList[].children[].posProductId")
    #expect(sync.idempotencyKey?.name == "requestNo")
  }

  @Test("fields can be added and removed, with what stands in them")
  func addAndRemove() throws {
    let sync = try #require(
      try contract(
        """
        messages:
          syncProduct:
            fields:
              products[].tags: {type: list, of: string, maximum: 3, basis: confirmed}
              products[].tax: {type: object, basis: confirmed}
              products[].tax.rate: {type: decimal, basis: confirmed}
              products[].children: {remove: true}
        """
      ).messages["syncProduct"])
    #expect(sync.field(path: "products[].tags")?.element == .string)
    #expect(sync.field(path: "products[].tax.rate")?.type == .decimal)
    #expect(sync.field(path: "products[].children") == nil)
    #expect(sync.field(.childId) == nil)
  }

  @Test("a role can move to another field")
  func moveRole() throws {
    let sync = try #require(
      try contract(
        """
        messages:
          syncProduct:
            fields:
              products[].status: {remove: true}
              products[].sale: {type: object, required: true, basis: confirmed}
              products[].sale.state: {type: string, basis: confirmed, role: productStatus}
        """
      ).messages["syncProduct"])
    #expect(sync.field(.productStatus)?.path == "products[].sale.state")
    #expect(sync.field(.productStatus)?.allowed == ["AVAILABLE", "UNAVAILABLE"])
  }

  @Test("types, words and codes are merged too")
  func words() throws {
    let contract = try contract(
      """
      productTypes:
        COMBO: {basis: confirmed}
        BUNDLE: {remove: true}
        SET_MEAL: {children: true, basis: confirmed}
      productStatus: {unavailable: SOLD_OUT}
      resultCodes:
        PROCESS_FAIL: Ring the SA.
        BUSY: {rateLimit: true, remedy: Wait.}
        REQUEST_TRAFFIC_EXCEED_LIMIT: {rateLimit: false}
      """)
    #expect(
      contract.productTypes.map(\.name) == ["SINGLE", "MODIFIER", "GROUP", "COMBO", "SET_MEAL"])
    #expect(contract.productType("COMBO")?.hasChildren == true)
    #expect(contract.productType("COMBO")?.basis == .confirmed)
    let sync = try #require(contract.messages["syncProduct"])
    #expect(sync.field(.productStatus)?.allowed == ["AVAILABLE", "SOLD_OUT"])
    #expect(sync.field(.productType)?.allowed.last == "SET_MEAL")
    #expect(contract.remedy(for: "PROCESS_FAIL") == "Ring the SA.")
    #expect(contract.rateLimitCodes == ["BUSY"])
    #expect(contract.remedy(for: "REQUEST_TRAFFIC_EXCEED_LIMIT").hasPrefix("Nothing is to be"))
  }

  @Test("several files are merged in their order")
  func order() throws {
    func file(_ maximum: Int) -> [UInt8] {
      Array(
        """
        kind: contract
        messages: {syncProduct: {fields: {requestId: {maximum: \(maximum)}}}}
        """.utf8)
    }
    let contract = try Contract.load(overrides: [("a.yaml", file(1)), ("b.yaml", file(2))])
    #expect(contract.messages["syncProduct"]?.field(.requestId)?.maximum == 2)
  }

  @Test("the digest changes with the messages, not with what is known or advised")
  func digest() throws {
    let base = try contract().digest
    #expect(try contract("# nothing\nmessages:").digest == base)
    #expect(try contract("resultCodes: {PROCESS_FAIL: Ring.}").digest == base)
    #expect(try contract("messages: {syncProduct: {statusUpdate: confirmed}}").digest == base)
    let changes = [
      "productTypes: {COMBO: {children: no}}", "productStatus: {available: 'YES'}",
      "messages: {syncProduct: {path: /x}}",
      "messages: {syncProduct: {fields: {extendInfo: {remove: true}}}}",
      "messages: {syncProduct: {fields: {extendInfo: {maximum: 9}}}}",
      "messages: {syncProduct: {fields: {extendInfo: {rename: info}}}}",
      "messages: {syncProduct: {answer: {result.resultStatus: {enum: [S]}}}}",
    ]
    let digests = try changes.map { try contract($0).digest }
    #expect(Set(digests + [base]).count == changes.count + 1)
  }
}

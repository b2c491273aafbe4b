import Contract
import Records
import Testing

/// The default with one override that holds these lines below `kind: contract`.
func contract(_ lines: String = "") throws -> Contract {
  guard !lines.isEmpty else { return try Contract.load() }
  return try Contract.load(overrides: [("sa.yaml", Array("kind: contract\n\(lines)".utf8))])
}

/// What the loading of one override finds.
func found(_ lines: String) -> [String] {
  do throws(Problems) {
    _ = try Contract.load(overrides: [("sa.yaml", Array("kind: contract\n\(lines)".utf8))])
    return []
  } catch {
    return error.all.map(\.description)
  }
}

@Suite struct ContractTests {
  static let table: [(String, Contract.Message.Direction, String?)] = [
    ("syncProduct", .toDStore, "requestId"),
    ("syncStore", .toDStore, "requestId"),
    ("notifyOrderChange", .toDStore, "requestId"),
    ("createOrder", .toPOS, "requestOrderId"),
    ("pushOrderChange", .toPOS, "requestId"),
    ("inquireOrderDetail", .toPOS, nil),
  ]

  @Test("every call has its path, direction and idempotency key", arguments: table)
  func calls(name: String, direction: Contract.Message.Direction, key: String?) throws {
    let contract = try contract()
    #expect(contract.messages.count == 6)
    let message = try #require(contract.messages[name])
    #expect(message.path == "/v2/pos/\(name)")
    #expect(message.direction == direction)
    #expect(message.idempotencyKey?.name == key)
    #expect(message.answerField(.resultStatus)?.path == "result.resultStatus")
    #expect(message.answerField(.resultStatus)?.allowed == ["S", "F", "U"])
  }

  @Test("fields know path, type, limits, words, basis and role")
  func fields() throws {
    let sync = try #require(try contract().messages["syncProduct"])
    let id = try #require(sync.field(.requestId))
    #expect(id.path == "requestId")
    #expect(id.type == .string && id.maximum == 255 && id.isRequired && id.basis == .documented)
    let store = try #require(sync.field(.storeId))
    #expect(store.path == "store.posStoreId" && store.basis == .assumed)
    #expect(sync.field(.products)?.path == "products")
    let child = try #require(sync.field(path: "products[].children[].posProductId"))
    #expect(child.role == .childId && child.name == "posProductId" && child.isRequired)
    #expect(sync.field(.productPrice)?.type == .amount)
    #expect(sync.field(.productName)?.isFreeText == true)
    #expect(
      sync.field(.productType)?.allowed == ["SINGLE", "MODIFIER", "GROUP", "COMBO", "BUNDLE"])
    #expect(sync.field(.productStatus)?.allowed == ["AVAILABLE", "UNAVAILABLE"])
    #expect(sync.field(.products)?.field(named: "name")?.path == "products[].name")
    #expect(sync.field(path: "products[].prise") == nil)
  }

  @Test("product types and statuses have their words")
  func types() throws {
    let contract = try contract()
    let updatable = contract.productTypes.filter(\.takesStatusUpdate).map(\.name)
    #expect(updatable == ["SINGLE", "MODIFIER"])
    let groups = contract.productTypes.filter(\.hasChildren).map(\.name)
    #expect(groups == ["GROUP", "COMBO", "BUNDLE"])
    #expect(contract.productType("COMBO")?.basis == .assumed)
    #expect(contract.productType("MEAL") == nil)
    #expect(contract.availableStatus == "AVAILABLE")
    #expect(contract.unavailableStatus == "UNAVAILABLE")
  }

  @Test("what is assumed can be listed")
  func assumed() throws {
    let contract = try contract()
    #expect(
      contract.assumed(in: "notifyOrderChange").map(\.path) == ["refundAmount", "readyTime"])
    #expect(
      contract.assumed(in: "syncProduct").map(\.path) == [
        "store.posStoreId", "products[].status", "products[].name", "products[].price",
        "products[].description", "products[].imageUrl", "products[].category",
        "products[].children", "products[].children[].posProductId",
        "products[].children[].minQuantity", "products[].children[].maxQuantity",
      ])
    #expect(contract.assumed(in: "nothing").isEmpty)
  }

  @Test(
    "a status update is known once its set and each field of it are",
    arguments: [
      ("", false),
      ("messages: {syncProduct: {statusUpdate: confirmed}}", false),
      ("messages: {syncProduct: {fields: {'products[].status': {basis: confirmed}}}}", false),
      (
        """
        messages:
          syncProduct:
            statusUpdate: confirmed
            fields:
              products[].status: {basis: documented}
        """, true
      ),
      (
        """
        messages:
          syncProduct:
            statusUpdate: family
            fields:
              products[].status: {basis: documented}
        """, false
      ),
    ])
  func statusUpdate(lines: String, isKnown: Bool) throws {
    let contract = try contract(lines)
    #expect(contract.isStatusUpdateKnown == isKnown)
    #expect(
      contract.messages["syncProduct"]?.statusUpdateFields.compactMap(\.role) == [
        .productId, .productType, .productStatus,
      ])
    #expect(contract.messages["createOrder"]?.isStatusUpdateKnown == false)
  }

  @Test(
    "every result code tells a person what to do in one sentence",
    arguments: [
      "SUCCESS", "PROCESS_FAIL", "PARAM_ILLEGAL", "ACCESS_DENIED", "INVALID_SIGNATURE",
      "KEY_NOT_FOUND", "INVALID_API", "REPEAT_REQ_INCONSISTENT", "UNKNOWN_EXCEPTION",
      "REQUEST_TRAFFIC_EXCEED_LIMIT", "SOMETHING_NEW", nil,
    ])
  func remedies(code: String?) throws {
    let contract = try contract()
    let remedy = contract.remedy(for: code)
    #expect(remedy.count > 20 && remedy.hasSuffix("."))
    #expect(!remedy.dropLast().contains(". ") && !remedy.contains("\n"))
    let isGeneral = code == nil || code == "SOMETHING_NEW"
    #expect((remedy == contract.generalRemedy) == isGeneral)
  }

  @Test("rate limits are known by their code")
  func rateLimit() throws {
    #expect(try contract().rateLimitCodes == ["REQUEST_TRAFFIC_EXCEED_LIMIT"])
  }
}

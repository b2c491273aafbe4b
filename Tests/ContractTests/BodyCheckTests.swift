import Contract
import JSON
import Records
import Testing

/// What a check finds in a body, one line each: path, code, message.
func faults(
  _ body: String, as message: String = "syncProduct", _ part: Contract.Body = .request,
  under lines: String = "", limit: Int = 100
) throws -> [String] {
  let document = JSONDocument()
  try Bytes.withBytes(of: body) { bytes throws(JSONFault) in try document.parse(bytes) }
  return try contract(lines).check(document.root, as: message, part, limit: limit).map {
    "\($0.place.field ?? "-") \($0.code): \($0.message)"
  }
}

/// A sync of these products.
func sync(_ products: String) -> String {
  """
  {"requestId":"r","posAccountId":"a","store":{"posStoreId":"s"},"products":[\(products)]}
  """
}

@Suite struct BodyCheckTests {
  static let laksa = """
    {"posProductId":"A1","type":"SINGLE","status":"AVAILABLE","name":"Laksa",
     "price":{"value":650,"currency":"SGD"},"unknown":{"x":[1]}}
    """
  static let combo = """
    {"posProductId":"G","type":"GROUP","status":"AVAILABLE","description":null,
     "children":[{"posProductId":"A1","minQuantity":"0","maxQuantity":3}]}
    """

  @Test("a body as the contract wants it has no fault")
  func good() throws {
    #expect(try faults(sync("\(Self.laksa),\(Self.combo)")) == [])
    #expect(try faults(sync("")) == [])
  }

  static let bodies: [(String, String)] = [
    ("[]", "- contract-type: syncProduct takes a JSON object, and this is none"),
    (
      #"{"requestId":"r","posAccountId":"a","store":{"posStoreId":"s"}}"#,
      "products contract-missing: syncProduct needs this field, and it is missing"
    ),
    (
      #"{"requestId":"","posAccountId":"a","store":{"posStoreId":"s"},"products":[]}"#,
      "requestId contract-missing: syncProduct needs this field, and it is empty"
    ),
    (
      #"{"requestId":7,"posAccountId":"a","store":{"posStoreId":"s"},"products":[]}"#,
      "requestId contract-type: syncProduct takes a string here"
    ),
    (
      #"{"requestId":"r","posAccountId":"a","store":{"posStoreId":null},"products":{}}"#,
      "store.posStoreId contract-missing: syncProduct needs this field, and it is missing|"
        + "products contract-type: syncProduct takes a list here"
    ),
    (
      sync("\(laksa),7"), "products[1] contract-type: syncProduct takes an object here"
    ),
    (
      sync(#"{"posProductId":"A","type":"MEAL","status":"SOLD"}"#),
      "products[0].type contract-enum: this word is not one of SINGLE, MODIFIER, GROUP, COMBO, "
        + "BUNDLE|products[0].status contract-enum: this word is not one of AVAILABLE, "
        + "UNAVAILABLE (assumed)"
    ),
    (
      sync(
        """
        {"posProductId":"A","type":"GROUP","status":"AVAILABLE","children":[
         {"posProductId":"B"},{"posProductId":"C","minQuantity":1.5,"maxQuantity":"x"}]}
        """),
      "products[0].children[1].minQuantity contract-type: syncProduct takes a whole number here|"
        + "products[0].children[1].maxQuantity contract-type: syncProduct takes a whole number "
        + "here"
    ),
  ]

  @Test("each fault is found with its path", arguments: bodies)
  func fault(body: String, expected: String) throws {
    #expect(try faults(body) == expected.split(separator: "|").map(String.init))
  }

  @Test("a problem shows the value, a long one shortened, and what to do")
  func whole() throws {
    let document = JSONDocument()
    try Bytes.withBytes(of: sync(#"{"posProductId":[1,2]}"#)) { bytes throws(JSONFault) in
      try document.parse(bytes)
    }
    let first = try #require(try contract().check(document.root, as: "syncProduct").first)
    #expect(
      first.description
        == "\"products[0].posProductId\": syncProduct takes a string here (found: \"[1,2]\"). "
        + "Correct what fills this field, or the contract where D-Store says otherwise.")
  }

  @Test(
    "a text's length counts Unicode scalars",
    arguments: [
      ("abcd", true), ("abcde", false), ("äöüß", true), ("e\u{301}e\u{301}", true),
      ("e\u{301}e\u{301}e", false), ("🍜🍜🍜🍜", true), ("👨‍👩‍👧‍👦", false),
    ])
  func length(text: String, fits: Bool) throws {
    let lines = "messages: {syncProduct: {fields: {'products[].name': {maximum: 4}}}}"
    let body = sync(
      #"{"posProductId":"A","type":"SINGLE","status":"AVAILABLE","name":"\#(text)"}"#)
    let count = text.unicodeScalars.count
    #expect(
      try faults(body, under: lines)
        == (fits
          ? []
          : [
            "products[0].name contract-maximum: it has \(count) characters, and the maximum is 4 "
              + "(assumed)"
          ]))
  }

  @Test("an escape counts as the one character that it stands for")
  func escapes() throws {
    let lines = "messages: {syncProduct: {fields: {'products[].name': {maximum: 2}}}}"
    let body = sync(
      #"{"posProductId":"A","type":"SINGLE","status":"AVAILABLE","name":"\u00e9\ud83c\udf5c"}"#)
    #expect(try faults(body, under: lines) == [])
  }

  static let amounts: [(String, String?)] = [
    (#"{"value":0,"currency":"JPY"}"#, nil), (#"{"value":"650","currency":"SGD"}"#, nil),
    (#"{"value":2147483647,"currency":"SGD"}"#, nil),
    ("650", "price contract-type: syncProduct takes an amount {value, currency} here"),
    (
      #"{"value":2147483648,"currency":"SGD"}"#,
      "price.value contract-type: an amount's value is a whole number from 0 to 2147483647"
    ),
    (
      #"{"value":-1,"currency":"SGD"}"#,
      "price.value contract-type: an amount's value is a whole number from 0 to 2147483647"
    ),
    (
      #"{"value":650.0,"currency":"SGD"}"#,
      "price.value contract-type: an amount's value is a whole number from 0 to 2147483647"
    ),
    (
      #"{"value":6.5,"currency":"SGD"}"#,
      "price.value contract-type: an amount's value is a whole number from 0 to 2147483647"
    ),
    (
      #"{"value":1,"currency":"sgd"}"#,
      "price.currency contract-type: an amount's currency is a code of ISO 4217, such as SGD"
    ),
    (
      #"{"value":1}"#,
      "price.currency contract-missing: an amount needs this field, and it is missing"
    ),
  ]

  @Test("an amount is a whole number and a currency", arguments: amounts)
  func amount(json: String, expected: String?) throws {
    let body = sync(
      #"{"posProductId":"A","type":"SINGLE","status":"AVAILABLE","price":\#(json)}"#)
    #expect(try faults(body) == (expected.map { ["products[0].\($0)"] } ?? []))
  }

  @Test(
    "a field added by an override is checked as its type",
    arguments: [
      ("{type: boolean}", "true", true), ("{type: boolean}", #""true""#, false),
      ("{type: integer, maximum: 9}", "9", true), ("{type: integer, maximum: 9}", #""10""#, false),
      ("{type: integer}", "1e3", false), ("{type: integer}", "99999999999999999999", false),
      ("{type: integer}", #""007""#, true), ("{type: integer}", #""-""#, false),
      ("{type: decimal}", "1e3", true), ("{type: decimal}", #""-1.50""#, true),
      ("{type: decimal}", #""1,5""#, false), ("{type: decimal}", #""inf""#, false),
      ("{type: decimal}", #""0x10""#, false), ("{type: decimal, maximum: 1}", "1.01", false),
      ("{type: list, of: string}", #"["a"]"#, true), ("{type: list, of: string}", "[1]", false),
      ("{type: list, of: amount}", #"[{"value":1,"currency":"SGD"}]"#, true),
      ("{type: list, of: amount}", #"[{"value":1}]"#, false),
      ("{type: list, maximum: 2}", "[1,2]", true), ("{type: list, maximum: 2}", "[1,2,3]", false),
      ("{type: object, maximum: 9}", #"{"a":"é"}"#, true),
      ("{type: object, maximum: 9}", #"{"a":"éé"}"#, false),
      ("{type: object}", "[]", false), ("{type: any}", "[]", true),
      ("{type: string, enum: [a, b]}", #""b""#, true),
      ("{type: string, enum: [a, b]}", #""B""#, false),
    ])
  func types(entry: String, json: String, isRight: Bool) throws {
    let typed = entry.dropLast() + ", basis: confirmed}"
    let body = sync("").dropLast() + #","x":\#(json)}"#
    let found = try faults(
      String(body), under: "messages: {syncProduct: {fields: {x: \(typed)}}}")
    #expect(found.isEmpty == isRight)
    #expect(found.allSatisfy { $0.hasPrefix("x") })
  }

  @Test("answers are checked by their own fields")
  func answer() throws {
    let good = #"{"result":{"resultStatus":"S","resultCode":"SUCCESS"}}"#
    #expect(try faults(good, as: "syncProduct", .answer) == [])
    #expect(
      try faults(good, as: "inquireOrderDetail", .answer) == [
        "posOrderId contract-missing: inquireOrderDetail needs this field, and it is missing",
        "orderStatus contract-missing: inquireOrderDetail needs this field, and it is missing",
      ])
    #expect(
      try faults(#"{"result":{"resultStatus":"X"}}"#, as: "syncProduct", .answer) == [
        "result.resultStatus contract-enum: this word is not one of S, F, U"
      ])
  }

  @Test("looking ends at the limit, and a message that does not exist is a fault")
  func limit() throws {
    let many = Array(repeating: "{}", count: 50).joined(separator: ",")
    #expect(try faults(sync(many)).count == 100)
    #expect(try faults(sync(many), limit: 7).count == 7)
    #expect(
      try faults("{}", as: "sync").first
        == "- contract-unknown: the contract has no message of this name")
  }
}

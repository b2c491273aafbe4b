import JSON
import OutboxFiles
import Records
import Testing

@Suite struct RawOrderTests {
  static let flag = OrderFlag("amounts-differ", field: "orderAmount", "the products add up to 1250")

  @Test(
    "with nothing to say not a byte is changed",
    arguments: ["{\"a\": 1}", "{ }\r\n", "\u{FEFF}{}", "", "[]", "{\"a\":"])
  func untouched(body: String) {
    #expect(RawOrder.bytes(of: Array(body.utf8)) == Array(body.utf8))
  }

  @Test(
    "one member comes before the last brace, and every other byte stays",
    arguments: [
      ("{\"a\" : 1.0}", "{\"a\" : 1.0,", "}"), ("{}", "{", "}"), ("{ \n}", "{ \n", "}"),
      ("{\n  \"a\": {}\n}\n", "{\n  \"a\": {}\n,", "}\n"), ("{\"a\":\"{\"}", "{\"a\":\"{\",", "}"),
      ("\u{FEFF}{\"订\":[]} ", "\u{FEFF}{\"订\":[],", "} "),
    ])
  func added(body: String, front: String, back: String) throws {
    let bytes = RawOrder.bytes(of: Array(body.utf8), orderStatus: "CANCELLED", flags: [Self.flag])
    let expected =
      front
      + "\"@connector\":{\"orderStatus\":\"CANCELLED\",\"flags\":[{\"code\":\"amounts-differ\","
      + "\"field\":\"orderAmount\",\"message\":\"the products add up to 1250\"}]}" + back
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
    let document = JSONDocument()
    try Bytes.withBytes(of: bytes) { try document.parse($0, refusesDuplicateKeys: true) }
    #expect(document.root["@connector"]?["orderStatus"]?.text == "CANCELLED")
  }

  @Test("only what there is to say is said")
  func parts() {
    let body = Array("{}".utf8)
    let status = RawOrder.bytes(of: body, orderStatus: "a\"b")
    #expect(
      String(decoding: status, as: UTF8.self) == "{\"@connector\":{\"orderStatus\":\"a\\\"b\"}}")
    let flags = RawOrder.bytes(of: body, flags: [OrderFlag("x", "one"), OrderFlag("y", "two")])
    #expect(
      String(decoding: flags, as: UTF8.self)
        == "{\"@connector\":{\"flags\":[{\"code\":\"x\",\"message\":\"one\"},"
        + "{\"code\":\"y\",\"message\":\"two\"}]}}")
  }

  @Test("what is no object stays as it is", arguments: ["", "  ", "[1]", "\"}", "{\"a\":1"])
  func others(body: String) {
    #expect(RawOrder.bytes(of: Array(body.utf8), orderStatus: "X") == Array(body.utf8))
  }
}

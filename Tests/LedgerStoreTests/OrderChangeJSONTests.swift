import GRDB
import Records
import Testing

@testable import LedgerStore

@Suite struct OrderChangeJSONTests {
  @Test("a change comes back as it was, whatever it holds", arguments: MatchBy.allCases)
  func whole(matchBy: MatchBy) throws {
    let change = OrderChange(
      order: "GF/\"1\"\u{0}é\u{1F35C}", matchBy: matchBy,
      fields: [
        OrderChange.Field(name: "orderStatus", role: "orderStatus", json: "\"READY\""),
        OrderChange.Field(name: "odd \\ name", json: "{\"value\": 1.50, \"a/b\": [null]}"),
      ], orderStatus: "READY", refund: try Sample.money(.min), changedAt: .max,
      place: Place(file: "Inbox/status/a.csv", line: 3, column: 4, record: 2, field: "State"))
    #expect(try OrderChange(json: change.json) == change)
    #expect(try [OrderChange.Field](json: change.fields.json) == change.fields)
  }

  @Test("what a change leaves out takes no room")
  func small() throws {
    let change = OrderChange(order: "1", matchBy: .posOrderId, fields: [Sample.field("a", "1")])
    #expect(
      try change.json == """
        {"fields":[{"json":"1","name":"a","role":"a"}],"matchBy":"posOrderId","order":"1",\
        "place":{}}
        """)
    #expect(try OrderChange(json: change.json) == change)
  }

  @Test(
    "a text that this program never wrote is no change",
    arguments: [
      "", "{}", "[]", "{\"fields\":[],\"matchBy\":\"smell\",\"order\":\"1\",\"place\":{}}",
      """
      {"fields":[],"matchBy":"posOrderId","order":"1","place":{},\
      "refund":{"currency":"???","value":1}}
      """,
    ])
  func refused(text: String) throws {
    let error = #expect(throws: DatabaseError.self) { try OrderChange(json: text) }
    #expect(error?.resultCode == .SQLITE_CORRUPT)
    #expect(error?.message == "\(Problem.shown(text)) is no change of an order")
  }
}

import Records
import Testing

@testable import RowMapping

/// JSON of a shape that the mapping does not expect: it is read if it can mean one thing only, else
/// told, and never counts as nothing.
@Suite struct ShapeTests {
  private static func book(items path: String, field: String = "plu") -> Workbook {
    Workbook(
      """
      kind: products
      files: products/*.json
      format: json
      rows: {category: menu.*, item: "\(path)"}
      products:
        - {type: SINGLE, posProductId: "${item.\(field)}", name: "${item.@key}", status: AVAILABLE}
      """)
  }

  private static func product(_ id: String, _ name: String? = nil) -> String {
    let name = name.map { #","name":"\#($0)""# } ?? ""
    return #"{"posProductId":"\#(id)","type":"SINGLE","status":"AVAILABLE"\#(name)}"#
  }

  @Test(
    "a list's place takes whatever means a list",
    arguments: [
      (#"[{"plu": "1"}, {"plu": "2"}]"#, [product("1"), product("2")]),
      (#"{"0": {"plu": "1"}, "2": {"plu": "3"}}"#, [product("1", "0"), product("3", "2")]),
      (#"{"plu": "1"}"#, [product("1")]),
      ("null", []), ("false", []), (#""""#, []), ("{}", []), ("[]", []),
    ])
  func lists(items: String, products: [String]) {
    let result = Self.book(items: "items").run(
      json: #"{"menu": [{"items": \#(items)}, {"other": 1}, {"items": [{"plu": "9"}]}]}"#)
    #expect(result.problems == [])
    #expect(result.products == products + [Self.product("9")])
  }

  @Test(
    "a star walks an object by its names and a list by its positions",
    arguments: [
      (#"{"11": {"plu": "1"}, "tea": {"plu": "2"}}"#, [product("1", "11"), product("2", "tea")]),
      (#"[{"plu": "1"}, {"plu": "2"}]"#, [product("1", "0"), product("2", "1")]),
      ("null", []), ("false", []), (#""""#, []), ("{}", []), ("[]", []),
    ])
  func stars(items: String, products: [String]) {
    for menu in [#"{"Drinks": {"items": \#(items)}}"#, #"[{"items": \#(items)}]"#] {
      let result = Self.book(items: "items.*").run(json: #"{"menu": \#(menu)}"#)
      #expect(result.problems == [])
      #expect(result.products == products)
    }
  }

  @Test(
    "what is no list refuses the file",
    arguments: ["items", "items.*"],
    ["7", "true", #""none""#, #""[{\"plu\": 1}]""#])
  func noLists(path: String, items: String) throws {
    let result = Self.book(items: path).run(json: #"{"menu": [{"items": \#(items)}]}"#)
    let problem = try #require(result.outcome.problems.first)
    #expect(problem.code == "no-list")
    #expect(problem.place.line == 1)
    #expect(problem.place.field == path)
    #expect(problem.remedy.contains("*") == false)
    #expect(result.outcome.isWhole == false)
  }

  @Test(
    "a path that leads through something else than an object makes a bad row",
    arguments: [
      (#"{"plu": {"code": "1"}}"#, nil), (#"{"plu": 7}"#, "item.plu.code"),
      (#"{"plu": [{"code": "1"}]}"#, "item.plu.code"), (#"{"plu": "x"}"#, "item.plu.code"),
    ] as [(String, String?)])
  func ways(item: String, field: String?) {
    let result = Self.book(items: "items", field: "plu.code")
      .run(json: #"{"menu": [{"items": [\#(item)]}]}"#)
    #expect(result.outcome.problems.map(\.code) == (field == nil ? [] : ["no-object"]))
    #expect(result.outcome.problems.first?.place.field == field)
    #expect(result.products.count == (field == nil ? 1 : 0))
  }
}

import Contract
import OutboxFiles
import Records
import RowMapping
import TestSupport
import Testing

@testable import Flows

/// The tests that stand in order mappings.
@Suite struct OrderTestRunTests {
  private func problems(_ mapping: String, _ files: [String: String] = [:]) throws -> [String] {
    let shop = try OrderShop(["a.yaml": mapping].merging(files) { $1 })
    let shelf = try shop.shelf
    #expect(shelf.problems.map(\.description) == [])
    return OrderTestRun(
      entry: try #require(shelf.orders.entries.first),
      folder: MappingFolder(workspace: shop.folder.path), contract: shelf.contract
    ).problems().map(\.description)
  }

  private func run(_ test: String, _ more: String = "") throws -> [String] {
    try problems(
      Sample.mapping("NO: '${channelOrderId}', N: '${n | number}'", "\(more)\ntests: [\(test)]"))
  }

  private static let order = #"{"requestOrderId": "R-1", "channelOrderId": "GF-1", "n": 5}"#

  static let right = [
    "{json: '\(order)', makes: {file: orders/R-1.csv, text: \"NO,N\\nGF-1,5\\n\"}}",
    "{json: '\(order)', makes: {file: orders/R-1.csv}}",
    "{json: '\(order)', makes: {text: \"NO,N\\nGF-1,5\\n\"}}",
    "{json: '{\"requestOrderId\": \"a/b\"}', makes: {file: orders/a-b-1c31892cca1230ab.csv}}",
    "{file: order.json, makes: {file: orders/R-1.csv}}",
  ]

  @Test("what a mapping keeps is no problem")
  func kept() throws {
    let tests = Self.right.joined(separator: ", ")
    #expect(
      try problems(
        Sample.mapping("NO: '${channelOrderId}', N: '${n | number}'", "tests: [\(tests)]"),
        ["order.json": Self.order]) == [])
  }

  @Test(
    "each failure is told with the test's place, and what the mapping makes",
    arguments: [
      (
        "{json: '\(order)', makes: {file: orders/R-2.csv}}", "",
        "line 5, position 93: the order's file has another name (found: \"orders/R-1.csv\")."
      ),
      (
        "{json: '\(order)', makes: {text: \"NO,N\\nGF-1,6\\n\"}}", "",
        "line 5, position 93: the file is another one (found: \"line 2: GF-1,5\")."
      ),
      (
        "{json: '\(order)', makes: {text: \"NO,N\\nGF-1,5\\n\\n\"}}", "",
        "line 5, position 93: the file is another one (found: \"3 lines instead of 4\")."
      ),
      (
        "{json: '\(order)', makes: {text: \"NO,N\\n\"}}", "",
        "line 5, position 93: the file is another one (found: \"line 2: GF-1,5\")."
      ),
      (
        "{json: '\(order)', makes: []}", "",
        "line 5, position 9: the mapping takes this order, and the test says it does not."
      ),
      (
        "{json: '\(order)', makes: {file: orders/R-1.csv}}", "where: {n: 6}",
        "line 5, position 9: where: or unless: leaves this order to another mapping."
      ),
    ])
  func failed(test: String, more: String, problem: String) throws {
    #expect(
      try run(test, more) == [
        "Mappings/a.yaml, \(problem) Fix the mapping, or the test where it is wrong."
      ])
  }

  @Test("of a long line the place of the first difference is shown")
  func longLine() throws {
    let made = String(repeating: "x", count: 90)
    let mapping = Sample.mapping("NO: '${channelOrderId}', N: '\(made)1'", "tests: [TEST]")
    let test = "{json: '\(Self.order)', makes: {text: \"NO,N\\nGF-1,\(made)2\\n\"}}"
    let found = try problems(mapping.replacing("TEST", with: test))
    #expect(found.count == 1)
    #expect(found[0].contains("line 2, from character 76: \(String(repeating: "x", count: 20))1\""))
  }

  @Test(
    "what keeps a test from being run is told, too",
    arguments: [
      (
        "{json: '{\"requestOrderId\"', makes: {file: x}}",
        "line 5, position 9: the test's order is not JSON: "
      ),
      ("{file: gone.json, makes: {file: x}}", "Mappings/gone.json"),
      ("{file: ../x.json, makes: {file: x}}", "a mapping reads files that stand beside it only"),
      (
        "{json: '{\"requestOrderId\": \"R-1\", \"n\": \"five\"}', makes: {file: x}}",
        "line 3, position 50, \"n\": this is not a number"
      ),
      (
        "{json: '{\"channelOrderId\": \"R-1\"}', makes: {file: x}}",
        "line 2, position 7, \"requestOrderId\": the order leaves empty what its file's name is made of"
      ),
    ])
  func impossible(test: String, part: String) throws {
    let problems = try run(test)
    #expect(problems.count == 1)
    #expect(problems.first?.contains(part) == true, "\(problems)")
    #expect(problems.first?.hasPrefix("Mappings/") == true, "\(problems)")
  }

  @Test("the file is compared before it is encoded, with line feeds")
  func dialect() throws {
    #expect(
      try run(
        "{json: '\(Self.order)', makes: {text: \"NO;N\\nGF-1;5\\n\"}}",
        "format: {encoding: utf-16, newline: crlf, delimiter: \";\"}") == [])
  }

  @Test("a test's order is one that has just come: its own id, the first status, no flags")
  func facts() throws {
    let columns = "A: '${@posOrderId}', B: '${@orderStatus}', C: '${@flags}', D: '${@receivedAt}'"
    #expect(
      try problems(
        Sample.mapping(
          columns,
          """
          tests:
            - json: '{"requestOrderId": "R-1"}'
              makes:
                text: |
                  A,B,C,D
                  aee554ed8db7f7e6,ORDER_SUCCESS,,2026-01-31T12:08:56+08:00
          """)) == [])
  }

  @Test("a change's test has an order, whose id counts, or none")
  func changes() throws {
    let mapping = Sample.changeMapping.replacing("NO:", with: "OURS: '${@posOrderId}', NO:")
    #expect(
      try problems(
        mapping + """
          tests:
            - json: '{"requestOrderId": "R-1", "requestId": "C-1", "orderStatus": "CANCELLED"}'
              order: '{"requestOrderId": "R-1", "channelOrderId": "GF-1"}'
              makes:
                file: changes/R-1-C-1.csv
                text: |
                  OURS,NO,STATE
                  aee554ed8db7f7e6,GF-1,CANCELLED
            - json: '{"requestOrderId": "R-1", "requestId": "C-1"}'
              makes: {text: "OURS,NO,STATE\\naee554ed8db7f7e6,-,\\n"}

          """) == [])
  }
}

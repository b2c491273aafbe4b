import Foundation
import Records
import RowMapping
import Testing

/// Lines at the end of an export that are no records: left out and told; a record never is.
@Suite struct TrailingRowsTests {
  private static let mapping = """
    kind: products
    files: products/*.csv
    products:
      - type: SINGLE
        posProductId: ${Code}
        name: ${Item}
        price: ${Price}
        description: ${Note}
        status: AVAILABLE
    """

  private func file(_ rows: String) throws -> String {
    let path = NSTemporaryDirectory() + UUID().uuidString + ".csv"
    try Data("Code,Item,Price,Note\n\(rows)".utf8).write(to: URL(fileURLWithPath: path))
    return path
  }

  private func run(
    _ rows: String, mapping: String = Self.mapping
  ) throws -> (ids: [String], leftOut: [Problem], problems: [Problem]) {
    let path = try file(rows)
    defer { try? FileManager.default.removeItem(atPath: path) }
    let compiled = try MappingBench(folder: "").compile(mapping, name: "menu")
    let (made, outcome) = try MappingBench.run(compiled, [path], stores: ["S"])
    let ids = made.text.matches(of: /"posProductId": ?"([^"]*)"/).map { String($0.1) }
    return (ids, outcome.leftOut, outcome.problems)
  }

  private static let records = "101,Laksa,6.50,hot\n102,Mee,5.50,dry\n103,Kopi,1.80,sweet\n"

  @Test(
    "totals, counts and comments at the end are left out, each with its line",
    arguments: [
      "Total,,13.80,", "Sum:,,13.80,", "# exported by Till 4.2", "3 records", "合计,,13.80,",
      "-- end of file --", ",Total,13.80,", "2026-11-28 20:36\n",
    ])
  func leavesOut(line: String) throws {
    let made = try run(Self.records + line)
    #expect(made.ids == ["101", "102", "103"])
    #expect(made.leftOut.map(\.code) == ["trailing-row"])
    #expect(made.leftOut.first?.place.line == 5)
    #expect(made.problems == [])
  }

  @Test("several such lines are left out, and a record below them makes records of all")
  func several() throws {
    let lines = "# exported by Till 4.2\nTotal,,13.80,\n3 records\n"
    #expect(try run(Self.records + lines).leftOut.compactMap(\.place.line) == [5, 6, 7])
    let made = try run(Self.records + lines + "104,Teh,1.60,hot")
    #expect(made.leftOut == [])
    #expect(made.ids.count == 7)
  }

  @Test(
    "a row with code, name and price is a product, whatever it is called and whatever else it lacks",
    arguments: ["Total Recall Burger,Burger,9.00,", "#104,Total,9.00,", "104,Rows and lines,9.00,"])
  func keepsProducts(line: String) throws {
    let made = try run(Self.records + line)
    #expect(made.ids.count == 4)
    #expect(made.leftOut == [])
  }

  @Test(
    "few records above say nothing about a row with one cell",
    arguments: ["104\n", "101,Laksa,6.50,hot\n104\n"])
  func keepsLone(rows: String) throws {
    let made = try run(rows)
    #expect(made.ids.last == "104")
    #expect(made.leftOut == [])
  }

  @Test("where every record lacks the same cell, it says nothing that the last one does")
  func keepsSparse() throws {
    let made = try run("101,,,\n102,,,\n103,,,\n104,,,\n")
    #expect(made.ids == ["101", "102", "103", "104"])
  }

  @Test("what the mapping leaves out itself is not told")
  func saidByMapping() throws {
    let made = try run(
      Self.records + "Total,,13.80,", mapping: Self.mapping + "\nunless: {Code: Total}")
    #expect(made.ids == ["101", "102", "103"])
    #expect(made.leftOut == [])
  }

  @Test("a change of an order is taken however little it says")
  func keepsChanges() throws {
    let mapping = """
      kind: order-status
      files: status/*.csv
      change: {order: "${Code}", orderStatus: READY, shortOrderNumber: "${Item}"}
      """
    let path = try file("101,7,,\n102,8,,\n103,9,,\n104,10,,\n105\n")
    defer { try? FileManager.default.removeItem(atPath: path) }
    let bench = StatusBench(folder: "")
    let made = try bench.run(try bench.compile(mapping, name: "status"), path)
    #expect(made.changes.map(\.order) == ["101", "102", "103", "104", "105"])
  }
}

import Records
import TestSupport
import Testing

@testable import Simulator

struct OrderStoreTests {
  private let folder = TemporaryFolder()

  private func order(_ id: String) throws -> PlacedOrder {
    let currency = try #require(Currency(code: "SGD"))
    return PlacedOrder(
      requestOrderId: id, summary: "a \"summary\"", total: Amount(value: 5, currency: currency),
      status: "ORDER_SUCCESS", body: Array(#"{"a": [1,  2]}"#.utf8))
  }

  @Test("an order is read back as it was kept, its bodies byte by byte")
  func roundTrip() throws {
    let store = try OrderStore(folder: folder.file("orders"))
    var kept = try order("../../etc/cron.d/x")
    kept.posOrderId = "P\n1"
    kept.answer = .accepted
    kept.refunded = 3
    kept.changes = [
      .init(
        side: .pos, requestId: "n", summary: "READY", body: Array(#"{ "x":1}"#.utf8),
        answer: .accepted),
      .init(side: .channel, requestId: "c", summary: "", body: Array("{}".utf8), answer: .awaited),
    ]
    #expect(try store.keep(kept.requestOrderId) { kept } == kept)
    let later = try OrderStore(folder: folder.file("orders"))
    #expect(try later.order(kept.requestOrderId) == kept)
    #expect(try later.order("other") == nil)
    #expect(folder.names() == ["orders"])
    #expect(folder.names(in: "orders").count == 2)
  }

  @Test("an order that is there is not replaced")
  func kept() throws {
    let store = try OrderStore(folder: folder.path)
    let first = try order("A")
    _ = try store.keep("A") { first }
    var other = first
    other.status = "OTHER"
    #expect(try store.keep("A") { other } == first)
    #expect(try store.order("A") == first)
  }

  @Test("numbers are given once, and changes are not lost, whoever works at the same time")
  func together() async throws {
    let path = folder.path
    try await withThrowingTaskGroup(of: Void.self) { group in
      for _ in 0..<8 {
        group.addTask {
          let store = try OrderStore(folder: path)
          for _ in 0..<10 {
            _ = try store.add { (number) throws(Problem) in try made(number) }
            _ = try store.change("ONE") { $0.refunded += 1 }
          }
        }
      }
      let store = try OrderStore(folder: path)
      _ = try store.keep("ONE") { () throws(Problem) in try made(0, "ONE") }
      try await group.waitForAll()
    }
    let store = try OrderStore(folder: path)
    for number in 1...80 { #expect(try store.order("SIM-\(number)") != nil) }
    #expect(try store.order("SIM-81") == nil)
  }

  @Test("what is no order is a problem that names the file")
  func damaged() throws {
    let store = try OrderStore(folder: folder.path)
    _ = try store.keep("A") { () throws(Problem) in try made(0, "A") }
    let name = try #require(folder.names().first { $0.hasPrefix("A-") })
    for (text, code) in [("{}", "simulator-order"), ("{", "truncated-json")] {
      folder.write(text, to: name)
      let problem = #expect(throws: Problem.self) { try store.order("A") }
      #expect(problem?.code == code)
      #expect(problem?.place.file == folder.file(name))
    }
  }
}

/// An order of a number, or of an id of its own.
private func made(_ number: Int, _ id: String? = nil) throws(Problem) -> PlacedOrder {
  guard let currency = Currency(code: "SGD") else { throw Problem("currency", "none") }
  return PlacedOrder(
    requestOrderId: id ?? "SIM-\(number)", summary: "", total: Amount(value: 5, currency: currency),
    status: "", body: Array("{}".utf8))
}

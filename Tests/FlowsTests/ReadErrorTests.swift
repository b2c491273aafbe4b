import Records
import TestSupport
import Testing

@testable import Flows

/// A disk or share that fails while a file is read says nothing of the file.
@Suite struct ReadErrorTests {
  /// A regular file that opens, and gives EIO when it is read.
  private static let failing = ExportPass.Source(
    path: "/proc/self/mem", display: "Inbox/products/menu.csv", name: "menu.csv")

  private func shop() throws -> OrderShop {
    try OrderShop([
      "menu.yaml": """
      kind: products
      files: products/menu.csv
      products:
        - {type: SINGLE, posProductId: "${Code}", name: "${Name}", price: "${Price}", status: AVAILABLE}

      """,
      "till.yaml": """
      kind: order-status
      files: status/till.csv
      change: {order: "${Order}", matchBy: requestOrderId, orderStatus: "${State}"}

      """,
    ])
  }

  private struct Silence: Progress {
    func report(_ what: String, fraction: Double?) {}
  }

  @Test("an export that cannot be read now is not refused")
  func export() throws {
    let shop = try shop()
    let shelf = try shop.shelf
    let mapping = ExportMapping(
      settings: try shop.settings, contract: shelf.contract, folder: shop.folder.path,
      progress: Silence(), acceptedPath: { _ throws(Problem) in nil })
    let entry = try #require(shelf.products.first)
    let problem = #expect(throws: Problem.self) { try mapping.map([Self.failing], by: entry) }
    #expect(problem?.category == .ours)
    #expect(problem?.code == "unreadable-file")
  }

  @Test("a status file that cannot be read now is not refused")
  func statusFile() throws {
    let entry = try #require(try shop().shelf.statuses.first)
    let problem = #expect(throws: Problem.self) {
      try StatusFile(Self.failing, name: "status/till.csv", entry: entry)
    }
    #expect(problem?.category == .ours)
  }
}

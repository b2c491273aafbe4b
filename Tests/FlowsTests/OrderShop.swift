import Contract
import Digests
import Foundation
import LedgerStore
import OutboxFiles
import Records
import RowMapping
import Settings
import Synchronization
import TestSupport

@testable import Flows

/// A shop's workspace with its ledger and outbox, and orders in short.
final class OrderShop: Sendable {
  /// 14 March 2026, 11:00 in Singapore.
  static let opening: Int64 = 1_773_457_200_000

  let folder = TemporaryFolder()
  let ledger: Ledger
  /// Milliseconds since 1970.
  let clock = Mutex<Int64>(OrderShop.opening)

  /// - Parameter mappings: file names and texts.
  init(_ mappings: [String: String] = [:], hasOutbox: Bool = true) throws {
    ledger = try Ledger.open(folder: folder.file(".connector"))
    folder.makeFolder("Mappings")
    if hasOutbox { folder.makeFolder("Outbox") }
    write(mappings)
    folder.write(
      """
      environment: simulator
      posAccountId: kopi
      stores: [S-1]
      currency: SGD
      timeZone: Asia/Singapore

      """, to: "Mappings/connector.yaml")
  }

  func write(_ mappings: [String: String]) {
    for (name, text) in mappings { folder.write(text, to: "Mappings/\(name)") }
  }

  var settings: Settings {
    get throws(Problems) { try Settings.load(workspace: folder.path, environment: [:]) }
  }

  var scope: Scope { get throws(Problems) { Scope(ordersOf: try settings) } }

  var shelf: MappingShelf {
    get throws(Problems) { try MappingShelf.load(workspace: folder.path, settings: try settings) }
  }

  var outbox: Outbox { Outbox(root: folder.file("Outbox")) }

  var now: Int64 { clock.withLock { $0 } }

  func pass(seconds: Int64) { clock.withLock { $0 += seconds * 1000 } }

  /// Takes in what D-Store handed over.
  @discardableResult
  func take(_ intakes: Intake..., ledger: Ledger? = nil) throws -> [IntakeReceipt] {
    let journey = try Contract.load().journey
    return try (ledger ?? self.ledger).takeIn(
      intakes, try scope, initialStatus: journey.first,
      isAllowed: { journey.allows($0, after: $1, by: .channel) })
  }

  func release(_ ledger: Ledger? = nil, mappings: OrderMappings? = nil) throws -> OutboxRelease {
    OutboxRelease(
      ledger: ledger ?? self.ledger, scope: try scope, outbox: outbox,
      mappings: try mappings
        ?? OrderMappings(
          workspace: folder.path, settings: try settings, ledger: ledger ?? self.ledger),
      now: { self.now })
  }

  /// One pass of a process that has just begun.
  @discardableResult
  func release(isInsistent: Bool = true) throws -> OutboxReport {
    var report = OutboxReport()
    try release().pass(into: &report, isInsistent: isInsistent)
    return report
  }

  /// What waits and can go now, oldest first.
  var open: [Release] {
    get throws { try ledger.openReleases(try scope, limit: 100, dueAt: .max) }
  }

  var summary: OrderSummary {
    get throws { try ledger.orderSummary(try scope, since: 0) }
  }

  /// What the POS sees.
  var files: [String] { folder.files("Outbox").filter { !$0.contains(".staging/") } }

  /// What has been written and has no name for the POS yet.
  var waiting: [String] { folder.files("Outbox").filter { $0.contains(".staging/") } }

  func text(_ name: String) -> String? { folder.text("Outbox/\(name)") }
}

/// Orders and changes as the gateway hands them on.
enum Sample {
  static func order(
    _ id: String, _ fields: String = "", channelOrderId: String = "GF-1",
    account: String = "kopi", flags: [OrderFlag] = [], at time: Int64 = OrderShop.opening
  ) -> Intake {
    let body = """
      {"requestOrderId":"\(id)","posStoreId":"S-1","channelOrderId":"\(channelOrderId)"\(fields)}
      """
    return .order(
      ReceivedOrder(
        requestOrderId: id, account: account, store: "S-1", channelOrderId: channelOrderId,
        body: Array(body.utf8), digest: digest(body), flags: flags,
        receivedAt: time))
  }

  static func change(
    _ id: String, of order: String, _ status: String? = nil, flags: [OrderFlag] = [],
    at time: Int64 = OrderShop.opening + 60_000
  ) -> Intake {
    let part = status.map { ",\"orderStatus\":\"\($0)\"" } ?? ""
    let body = "{\"requestId\":\"\(id)\",\"requestOrderId\":\"\(order)\"\(part)}"
    return .change(
      ReceivedChange(
        requestId: id, requestOrderId: order, orderStatus: status, body: Array(body.utf8),
        digest: digest(body), flags: flags, receivedAt: time))
  }

  static func refused(_ id: String?, at time: Int64 = OrderShop.opening) -> Intake {
    .refused(
      RefusedCall(
        call: "createOrder", cause: id == nil ? .body : .store, reason: "it cannot be ours",
        requestOrderId: id, account: "kopi", store: "S-9", refusedAt: time))
  }

  private static func digest(_ body: String) -> String {
    Bytes.withBytes(of: body) { Digest.of($0).hex }
  }

  /// A mapping that writes a line for an order.
  static func mapping(
    _ columns: String = "NO: '${channelOrderId}'", file: String = "orders/${requestOrderId}.csv",
    _ more: String = ""
  ) -> String {
    "kind: orders\nfile: \(file)\nrecords: [{columns: {\(columns)}}]\n\(more)\n"
  }

  static let changeMapping = """
    kind: order-changes
    file: changes/${requestOrderId}-${requestId}.csv
    records:
      - columns: {NO: '${order.channelOrderId | default("-")}', STATE: '${orderStatus}'}

    """
}

extension TemporaryFolder {
  func makeFolder(_ name: String) { mkdir(file(name), 0o755) }

  /// The files in a folder and below it, sorted, by their names from it.
  func files(_ name: String) -> [String] {
    let found = try? FileManager.default.subpathsOfDirectory(atPath: file(name))
    return (found ?? []).filter { path in
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(
        atPath: file("\(name)/\(path)"), isDirectory: &isFolder)
      return isThere && !isFolder.boolValue
    }.sorted()
  }

  func move(_ name: String, to other: String) {
    try? FileManager.default.moveItem(atPath: file(name), toPath: file(other))
  }
}

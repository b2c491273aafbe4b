import Records
import TestSupport

@testable import LedgerStore

extension Sample {
  static let gateway = Scope(
    environment: "sandbox", endpoint: "gateway", clientId: "client-1", account: "")
  static let otherGateway = Scope(
    environment: "simulator", endpoint: "gateway", clientId: "client-1", account: "")

  static func order(
    _ id: String, body: String = "{}", digest: String? = nil, channelOrderId: String? = nil,
    flags: [OrderFlag] = [], at now: Int64 = 1000
  ) -> Intake {
    .order(
      ReceivedOrder(
        requestOrderId: id, account: "kopi-corner", store: "store-1",
        channelOrderId: channelOrderId, body: Array(body.utf8),
        digest: digest ?? "digest-\(body)", flags: flags, receivedAt: now))
  }

  static func change(
    _ id: String, of order: String, status: String? = nil, body: String = "{}",
    digest: String? = nil, flags: [OrderFlag] = [], at now: Int64 = 2000
  ) -> Intake {
    .change(
      ReceivedChange(
        requestId: id, requestOrderId: order, orderStatus: status, body: Array(body.utf8),
        digest: digest ?? "digest-\(body)", flags: flags, receivedAt: now))
  }

  static func refused(
    _ id: String?, store: String? = "store-9", digest: String? = nil,
    reason: String = "it is none of ours",
    at now: Int64 = 1000
  ) -> RefusedCall {
    RefusedCall(
      call: "createOrder", cause: .store, reason: reason, requestOrderId: id,
      account: "kopi-corner", store: store, digest: digest, refusedAt: now)
  }

  static func file(_ name: String, temporary: String = "t1") -> ReleaseFile {
    ReleaseFile(
      name: name, folder: "orders/.staging", temporary: temporary, device: 2049, inode: 7,
      bootId: "boot-1", size: 2, digest: "file-\(name)")
  }

  /// An order is cancelled at any time, and nothing else happens to it.
  @Sendable static func onlyCancels(_ status: String, _ previous: String) -> Bool {
    status == "CANCELLED" && previous == "ORDER_SUCCESS"
  }
}

extension Ledger {
  /// Takes in by the sample's journey.
  @discardableResult
  func take(_ intakes: Intake..., scope: Scope = Sample.gateway) throws -> [IntakeReceipt] {
    try takeIn(
      intakes, scope, initialStatus: "ORDER_SUCCESS", isAllowed: Sample.onlyCancels)
  }

  /// What can go to the POS at a moment.
  func open(_ scope: Scope = Sample.gateway, at now: Int64 = 5000) throws -> [Release] {
    try openReleases(scope, limit: 100, dueAt: now)
  }

  /// Gives the POS everything that can go, in files named after the release.
  func releaseAll(_ scope: Scope = Sample.gateway, at now: Int64 = 5000) throws {
    while true {
      let releases = try openReleases(scope, limit: 100, dueAt: now)
      if releases.isEmpty { return }
      let starts = releases.map {
        ReleaseStart(release: $0.id, file: Sample.file("orders/\($0.id).json"))
      }
      _ = try beginReleases(starts)
      try endReleases(releases.map(\.id), at: now)
    }
  }
}

import Digests
import LedgerStore
import OutboxFiles
import Records
import TestSupport
import Testing

@testable import Flows

/// What a process leaves that was killed between the claim and the end of a release.
@Suite struct OutboxRecoveryTests {
  private let shop: OrderShop
  private let staged: StagedFile

  /// An order that was claimed under its name, and no more.
  init() throws {
    try self.init(bootId: BootId.current)
  }

  private init(bootId: String?) throws {
    shop = try OrderShop()
    try shop.take(Sample.order("R-1"))
    shop.folder.makeFolder("Outbox/orders")
    let bytes = Array("{}".utf8)
    staged = try shop.outbox.stage(
      OutboxFile(name: "orders/R-1.json", fixedFolder: "orders", bytes: bytes, marker: ".done"))
    let file = ReleaseFile(
      name: "orders/R-1.json", folder: staged.folder, temporary: staged.temporary,
      marker: staged.marker, device: staged.device, inode: staged.inode, bootId: bootId, size: 2,
      digest: Bytes.withBytes(of: bytes) { Digest.of($0).hex })
    let release = try #require(try shop.open.first)
    #expect(
      try shop.ledger.beginReleases([ReleaseStart(release: release.id, file: file)]) == [.won])
  }

  private var underWay: [Release] {
    get throws { try shop.ledger.releasesUnderWay(try shop.scope) }
  }

  @Test("killed before the file had its name: it gets it, with the marker")
  func temporaryThere() throws {
    let report = try shop.release(isInsistent: false)
    #expect(report.written == ["orders/R-1.json"])
    #expect(report.waiting == 0)
    #expect(shop.files == ["orders/R-1.json", "orders/R-1.json.done"])
    #expect(shop.text("orders/R-1.json") == "{}")
    #expect(shop.waiting == [])
    #expect(try shop.summary.doubtful.isEmpty)
    #expect(try shop.release().isEmpty)
  }

  @Test("killed after the file had its name: nothing is written again, though the POS took it")
  func temporaryGone() throws {
    #expect(shop.outbox.release(staged, as: "orders/R-1.json") == .released)
    for name in shop.files { shop.folder.remove("Outbox/\(name)") }
    let report = try shop.release()
    #expect(report.isEmpty)
    #expect(report.waiting == 0)
    #expect(shop.files == [])
    #expect(try underWay.isEmpty)
    #expect(try shop.summary.doubtful.isEmpty)
  }

  @Test("killed between the file and its marker: the marker follows")
  func markerThere() throws {
    #expect(shop.outbox.release(staged, as: "orders/R-1.json") == .released)
    shop.folder.remove("Outbox/orders/R-1.json")
    let marker = "Outbox/orders/R-1.json.done"
    let home = staged.temporary.prefix { $0 != "/" }
    let waiting = staged.temporary.dropFirst(home.count + 1).prefix(16)
    shop.folder.move(marker, to: "Outbox/orders/.staging/\(home)/\(waiting).marker.tmp")
    #expect(try shop.release().written == ["orders/R-1.json"])
    #expect(shop.files == ["orders/R-1.json.done"])
  }

  @Test("somebody's file has the name by now: it gets the next one")
  func nameTaken() throws {
    shop.folder.write("theirs", to: "Outbox/orders/R-1.json")
    #expect(try shop.release().written == ["orders/R-1-aee554ed8db7f7e6.json"])
    #expect(shop.text("orders/R-1.json") == "theirs")
  }

  @Test("the folder in which it waited is another one: the order waits, and a person is told")
  func stagingChanged() throws {
    let home = "Outbox/orders/.staging/\(staged.temporary.prefix { $0 != "/" })"
    shop.folder.move(home, to: "away")
    let report = try shop.release()
    #expect(report.written == [])
    #expect(report.waiting == 1)
    #expect(
      report.problems.map(\.description) == [
        """
        Outbox/orders/R-1.json: nobody can know whether it was released, because the folder in \
        which it waited is not in Outbox/orders/.staging any more. Mount the disk or share that \
        Outbox/orders lay on; where that is gone for good, look whether the POS has the order, and \
        write it again with `resend` if not.
        """
      ])
    #expect(try underWay.map(\.tries) == [1])
    #expect(try shop.release(isInsistent: false).problems == [])
    #expect(try underWay.map(\.tries) == [1])
    shop.pass(seconds: 1)
    #expect(try shop.release(isInsistent: false).problems.count == 1)
    #expect(try underWay.map(\.tries) == [2])
    shop.folder.move("away", to: home)
    #expect(try shop.release().written == ["orders/R-1.json"])
    #expect(shop.files == ["orders/R-1.json", "orders/R-1.json.done"])
  }

  @Test("one that is lost for good goes again when a person says so, as a repeat")
  func again() throws {
    shop.folder.remove("Outbox/orders/.staging")
    #expect(try shop.release().problems.map(\.code) == ["staging-changed"])
    let order = try #require(try underWay.first?.order.id)
    #expect(try shop.ledger.releaseAgain(order: order) == .willGo)
    #expect(try shop.release().written == ["orders/R-1-2.json"])
    #expect(try shop.release().isEmpty)
  }

  @Test("its whole folder is away: it waits without a doubt, and goes when the folder is back")
  func folderAway() throws {
    shop.folder.move("Outbox/orders", to: "away")
    let report = try shop.release()
    #expect(report.problems.map(\.code) == ["outbox-missing"])
    #expect(report.waiting == 1)
    shop.folder.move("away", to: "Outbox/orders")
    #expect(try shop.release().written == ["orders/R-1.json"])
  }

  @Test("what was claimed before a restart of the machine may come twice, and is flagged")
  func otherBoot() throws {
    let other = try OutboxRecoveryTests(bootId: "d0e5a0a2-0000-4000-8000-000000000000").shop
    #expect(try other.release().written == ["orders/R-1.json"])
    let doubtful = try other.summary.doubtful
    #expect(doubtful.map(\.subject.requestOrderId) == ["R-1"])
    #expect(doubtful.map(\.name) == ["orders/R-1.json"])
    #expect(doubtful.map(\.releasedAt) == [other.now])
  }

  @Test("what was released before a restart of the machine leaves no doubt")
  func otherBootReleased() throws {
    let other = try OutboxRecoveryTests(bootId: "d0e5a0a2-0000-4000-8000-000000000000")
    #expect(other.shop.outbox.release(other.staged, as: "orders/R-1.json") == .released)
    #expect(try other.shop.release().isEmpty)
    #expect(try other.shop.summary.doubtful.isEmpty)
  }
}

import Glibc
import LedgerStore
import OutboxFiles
import Records
import TestSupport
import Testing

@testable import Flows

private let hasOtherDisk =
  device(of: "/dev/shm") != nil && device(of: "/dev/shm") != device(of: "/tmp")

private func device(of path: String) -> UInt? {
  var found = stat()
  return stat(path, &found) == 0 ? UInt(found.st_dev) : nil
}

/// A share that comes and goes. The outbox as a link to a folder on another disk stands for it.
@Suite(.enabled(if: hasOtherDisk)) struct MountWatchTests {
  private let shop: OrderShop
  private let share = TemporaryFolder(in: "/dev/shm")
  private let problem = """
    Outbox/orders: the disk or share that orders went to is not mounted there any more. Mount it \
    again; what waits is written then. If orders are to go to the folder that is there \
    now, `dstore-connector approve Outbox/orders` says so.
    """

  init() throws { shop = try OrderShop() }

  private func mount(_ share: TemporaryFolder) {
    shop.folder.remove("Outbox")
    mkdir(share.file("orders"), 0o755)
    symlink(share.path, shop.folder.file("Outbox"))
  }

  private func unmount() {
    shop.folder.remove("Outbox")
    for name in ["Outbox", "Outbox/orders"] { shop.folder.makeFolder(name) }
  }

  private func release(_ id: String) throws -> OutboxReport {
    try shop.take(Sample.order(id))
    return try shop.release()
  }

  @Test("an order does not go into the folder beneath a share, but waits for the share")
  func waits() throws {
    mount(share)
    #expect(try release("R-1").written == ["orders/R-1.json"])
    unmount()
    for _ in 1...2 {
      #expect(try release("R-2").problems.map(\.description) == [problem])
    }
    #expect(shop.files == [])
    #expect(shop.waiting == [])
    #expect(
      try shop.summary.waiting.map(\.reason) == [
        "Outbox/orders: the disk or share that orders went to is not mounted there any more"
      ])
    mount(share)
    #expect(try shop.release().written == ["orders/R-2.json"])
    #expect(share.names(in: "orders").filter { !$0.hasPrefix(".") } == ["R-1.json", "R-2.json"])
  }

  @Test("a person may say that the folder beneath is the right one")
  func approved() throws {
    mount(share)
    _ = try release("R-1")
    unmount()
    _ = try release("R-2")
    #expect(try !shop.ledger.forgetDisks(to: "changes"))
    #expect(try shop.ledger.forgetDisks(to: "orders"))
    #expect(try release("R-3").written == ["orders/R-2.json", "orders/R-3.json"])
    #expect(try release("R-4").problems == [])
  }

  @Test("another share in its place is as good, and so is the first one where a folder was")
  func others() throws {
    unmount()
    #expect(try release("R-1").written == ["orders/R-1.json"])
    mount(share)
    #expect(try release("R-2").written == ["orders/R-2.json"])
    let other = TemporaryFolder(in: "/dev/shm")
    mount(other)
    #expect(try release("R-3").written == ["orders/R-3.json"])
    #expect(other.names(in: "orders").contains("R-3.json"))
  }

  @Test("a share that holds the whole outbox is missed too")
  func whole() throws {
    shop.write(["a.yaml": Sample.mapping(file: "${requestOrderId}.csv")])
    shop.folder.remove("Outbox")
    symlink(share.path, shop.folder.file("Outbox"))
    #expect(try release("R-1").written == ["R-1.csv"])
    shop.folder.remove("Outbox")
    shop.folder.makeFolder("Outbox")
    #expect(try release("R-2").problems.map(\.place.file) == ["Outbox"])
  }
}

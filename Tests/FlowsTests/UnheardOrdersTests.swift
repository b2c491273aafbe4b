import Glibc
import LedgerStore
import Records
import TestSupport
import Testing

@testable import Flows

@Suite struct UnheardOrdersTests {
  private let shop: OrderShop

  init() throws { shop = try OrderShop() }

  private func words(since: Int64 = OrderShop.opening) throws -> [String] {
    try UnheardOrders(ledger: shop.ledger, settings: try shop.settings).problems(since: since)
      .map(\.description)
  }

  @Test("what D-Store signed and was refused is told until it comes in, or is long ago")
  func refused() throws {
    try shop.take(
      Sample.refused(nil), Sample.refused("R-1", at: OrderShop.opening + 1000),
      Sample.refused("R-1", at: OrderShop.opening + 2000))
    #expect(
      try words() == [
        """
        createOrder of order "R-1" (account "kopi", store "S-9") was refused although D-Store \
        signed it: it cannot be ours, 2 times, last 2026-03-14T11:00:02+08:00. The order is paid. \
        If the shop is yours, add it to stores in connector.yaml, start serve again, and ask \
        D-Store to send the order again. Once that is seen to, run: dstore-connector dismiss R-1.
        """,
        """
        createOrder was refused although D-Store signed it: it cannot be ours, \
        2026-03-14T11:00:00+08:00. What it is about is paid. Ask your D-Store solution architect \
        which order it was, and tell the kitchen. Once that is seen to, run: dstore-connector \
        dismiss refused-calls.
        """,
      ])
    #expect(try words(since: OrderShop.opening + 3000) == [])
    try shop.take(Sample.order("R-1"))
    #expect(try words().count == 1)
  }

  @Test(
    "what was taken for another client and never reached the POS is told, but for simulated orders")
  func left() throws {
    func settings(_ lines: String) {
      shop.folder.write(
        """
        posAccountId: kopi
        stores: [S-1]
        currency: SGD
        timeZone: Asia/Singapore
        keys: {private: key.pem}
        \(lines)

        """, to: "Mappings/connector.yaml")
    }
    shop.folder.write("key", to: "key.pem")
    chmod(shop.folder.file("key.pem"), 0o600)
    try shop.take(Sample.order("R-1"))
    settings("environment: sandbox\nclientId: CLIENT-7")
    #expect(try words() == [])
    try shop.take(Sample.order("R-2"), Sample.change("C-1", of: "R-2"))
    settings("environment: sandbox\nclientId: CLIENT-8")
    #expect(
      try words() == [
        """
        Mappings/connector.yaml: 2 file(s) of orders for the POS, or changes of orders for D-Store, \
        never went out as client "CLIENT-7" in the environment sandbox, and connector.yaml names \
        others now. Set environment and clientId back for one dstore-connector run, which lets them \
        go; its status says what keeps them. To give them up, run: dstore-connector dismiss \
        sandbox/CLIENT-7.
        """
      ])
    settings("environment: sandbox\nclientId: CLIENT-7")
    try shop.release()
    settings("environment: sandbox\nclientId: CLIENT-8")
    #expect(try words() == [])
  }

  @Test("what came too late is told until it comes again, and not at all where it is known")
  func late() throws {
    func late(_ call: String, _ intake: Intake) -> Intake {
      var refused = RefusedCall(
        call: call, cause: .clock, reason: "its time is off", refusedAt: OrderShop.opening)
      switch intake {
      case .order(let order):
        (refused.requestOrderId, refused.digest) = (order.requestOrderId, order.digest)
      case .change(let change):
        (refused.requestOrderId, refused.digest) = (change.requestOrderId, change.digest)
      case .refused, .unverified: break
      }
      return .refused(refused)
    }
    let (order, change) = (Sample.order("R-1"), Sample.change("C-1", of: "R-1", "CANCELLED"))
    #expect(try shop.take(late("createOrder", order)) == [.refused])
    #expect(try words().count == 1)
    #expect(try shop.take(order, late("createOrder", order)).last == .late)
    #expect(try words() == [])
    #expect(try shop.take(late("pushOrderChange", change)) == [.refused])
    #expect(
      try words() == [
        """
        pushOrderChange of order "R-1" was not stored although D-Store signed it: its time is off, \
        2026-03-14T11:00:00+08:00. What it is about is paid. Set this machine's clock (date shows \
        it, timedatectl set-ntp true keeps it right); D-Store sends it again and it is stored then.
        """
      ])
    #expect(try shop.take(change, late("pushOrderChange", change)).last == .late)
    #expect(try words() == [])
    #expect(try shop.take(late("createOrder", Sample.order("R-1", ",\"x\":1"))) == [.refused])
    #expect(try words().count == 1)
  }

  @Test("what an earlier client left is settled for good by its name, and nothing else is")
  func dismissLeft() throws {
    func settings(_ client: String) {
      shop.folder.write(
        """
        environment: sandbox
        posAccountId: kopi
        stores: [S-1]
        currency: SGD
        timeZone: Asia/Singapore
        keys: {private: key.pem}
        clientId: \(client)

        """, to: "Mappings/connector.yaml")
    }
    shop.folder.write("key", to: "key.pem")
    chmod(shop.folder.file("key.pem"), 0o600)
    settings("CLIENT-7")
    try shop.take(Sample.order("R-1"), Sample.change("C-1", of: "R-1"))
    settings("CLIENT-8")
    try shop.take(Sample.order("R-2"))
    #expect(try words().count == 1)
    #expect(try dismiss("sandbox/CLIENT-9") == 0)
    #expect(try dismiss("sandbox/CLIENT-8") == 0)
    #expect(try dismiss("sandbox/CLIENT-7") == 2)
    #expect(try words() == [])
    settings("CLIENT-7")
    try shop.release()
    #expect(shop.files.isEmpty, "\(shop.files)")
    settings("CLIENT-8")
    try shop.release()
    #expect(shop.files.count == 1, "\(shop.files)")
  }

  private func dismiss(_ name: String) throws -> Int {
    try UnheardOrders(ledger: shop.ledger, settings: try shop.settings)
      .dismiss(name, at: OrderShop.opening)
  }

  @Test("a refused call is settled by its order's id, and stays so however often it comes again")
  func dismissRefused() throws {
    try shop.take(Sample.refused("R-1"), Sample.refused("R-2"), Sample.refused(nil))
    #expect(try dismiss("R-1") == 1)
    #expect(try words().count == 2)
    #expect(try dismiss("R-1") == 0)
    try shop.take(Sample.refused("R-1", at: OrderShop.opening + 1000))
    #expect(try words().count == 2)
    #expect(try dismiss("refused-calls") == 1)
    #expect(try dismiss("R-2") == 1)
    #expect(try words() == [])
  }

  @Test(
    "calls that are not proven are one line with their count, until one is verified or dismissed")
  func unverified() throws {
    func calls(_ count: Int, _ first: Int64, _ last: Int64) -> Intake {
      .unverified(
        UnverifiedCalls(
          count: count, firstAt: OrderShop.opening + first, lastAt: OrderShop.opening + last))
    }
    try shop.take(calls(1, 0, 0))
    #expect(
      try words() == [
        """
        1 call that bears D-Store's client id was refused for a wrong signature at \
        2026-03-14T11:00:00+08:00, and none has been verified since. If D-Store sends orders now, \
        they do not come in: compare keys.dstorePublic with the key that your solution architect \
        gave you. If a stranger sent them, run: dstore-connector dismiss refused-calls.
        """
      ])
    try shop.take(calls(2, 1000, 2000))
    #expect(
      try words().first?.hasPrefix(
        """
        3 calls that bear D-Store's client id were refused for a wrong signature since \
        2026-03-14T11:00:00+08:00, the last one at 2026-03-14T11:00:02+08:00, and none
        """) == true)
    try shop.take(Sample.order("R-1"))
    #expect(try words() == [])
    try shop.take(calls(1, 3000, 3000))
    #expect(try dismiss("refused-calls") == 1)
    #expect(try words() == [])
  }

  @Test("of many, ten are told one by one")
  func many() throws {
    for number in 1...12 { try shop.take(Sample.refused("R-\(number)")) }
    let words = try words()
    #expect(words.count == 11)
    #expect(words.last == "2 more calls that D-Store signed were refused.")
  }
}

import DStoreAPI
import InboxFiles
import LedgerStore
import Records
import Settings
import TestSupport
import Testing

@testable import Flows

/// A shop whose POS says what becomes of its orders.
private struct ChangeShop {
  let shop: OrderShop

  init(waitForOrder: String = "1h") throws {
    shop = try OrderShop([
      "status.yaml": """
      kind: order-status
      files: status/*.csv
      waitForOrder: \(waitForOrder)
      change:
        order: ${Order}
        matchBy: channelOrderId
        orderStatus: ${State}

      """
    ])
  }

  private struct NoLine: DStoreLine {
    func client() async throws(Problem) -> DStoreClient { throw Problem("line", "nothing is sent") }
  }

  private struct Silence: Progress {
    func report(_ what: String, fraction: Double?) {}
  }

  var bench: Workbench {
    get throws(Problems) {
      Workbench(
        workspace: shop.folder.path, settings: try shop.settings, ledger: shop.ledger,
        inbox: Inbox(root: shop.folder.file("Inbox")), line: NoLine(), policy: RetryPolicy(),
        now: { [shop] in shop.now }, sleep: { _ in }, chance: { 0 },
        progress: Silence())
    }
  }

  var desk: ChangeDesk {
    get throws(Problems) { ChangeDesk(bench: try bench, shelf: try shop.shelf) }
  }

  /// Records a file that says these states of one order, a minute between them.
  @discardableResult
  func say(
    _ states: String..., of order: String = "GF-1", at time: Int64? = nil
  ) throws -> ChangeDesk.Verdict {
    let entry = try #require(try shop.shelf.statuses.first)
    let file = try shop.ledger.claim(
      FileClaim(
        scope: try bench.fileScope, name: "status/\(states[0]).csv", mapping: "status",
        recipe: entry.recipe,
        stamp: FileStamp(size: 1, modified: 1, changed: 1, inode: 1, device: 1), workName: "w"),
      at: shop.now)
    let changes = states.map { state in
      OrderChange(
        order: order, matchBy: .channelOrderId,
        fields: [.init(name: "orderStatus", role: "orderStatus", json: "\"\(state)\"")],
        orderStatus: state, changedAt: time,
        place: Place(file: "Inbox/status/\(states[0]).csv", line: 2))
    }
    return try desk.record(changes, of: file, by: entry) { verdict in
      FileDecision(file: file, verdict.outcome)
    }.0
  }

  /// What D-Store is to be told, in the order in which it goes.
  var queue: [String] {
    get throws {
      try shop.ledger.notifications(try shop.scope, in: .queued, limit: 100).map { one in
        one.fields.map(\.json).joined()
      }
    }
  }
}

@Suite struct ChangeDeskTests {
  @Test("changes that came before their order are taken up in the order in which they were said")
  func waited() throws {
    let pos = try ChangeShop()
    let words = try pos.say("ACCEPTED").words
    #expect(words == "0 notification(s) for D-Store, 1 change(s) wait for their orders")
    try pos.say("PREPARING", "READY")
    #expect(try pos.desk.takeUpWaiting() == [])
    #expect(try pos.queue == [])
    try pos.shop.take(Sample.order("o-1"))
    #expect(try pos.desk.takeUpWaiting() == [])
    #expect(try pos.queue == ["\"ACCEPTED\"", "\"PREPARING\"", "\"READY\""])
  }

  @Test("a change does not overtake those before it when its order comes in the midst of a run")
  func midst() throws {
    let pos = try ChangeShop()
    try pos.say("ACCEPTED")
    #expect(try pos.desk.takeUpWaiting() == [])
    try pos.shop.take(Sample.order("o-1"))
    #expect(try pos.say("PREPARING").waiting == 1)
    #expect(try pos.queue == [])
    #expect(try pos.desk.takeUpWaiting() == [])
    #expect(try pos.queue == ["\"ACCEPTED\"", "\"PREPARING\""])
    #expect(try pos.say("READY").queued == 1)
  }

  @Test("a change behind others waits until the next run even where nothing waits for an order")
  func noPatience() throws {
    let pos = try ChangeShop(waitForOrder: "1m")
    try pos.say("ACCEPTED")
    pos.shop.pass(seconds: 61)
    try pos.shop.take(Sample.order("o-1"))
    #expect(try pos.say("PREPARING").problems == [])
    #expect(try pos.desk.takeUpWaiting() == [])
    #expect(try pos.queue == ["\"ACCEPTED\"", "\"PREPARING\""])
  }

  @Test("changes of many orders that never come hold up none of those that did")
  func many() throws {
    let pos = try ChangeShop()
    for number in 1...30 { try pos.say("ACCEPTED", of: "X-\(number)") }
    try pos.say("ACCEPTED")
    try pos.shop.take(Sample.order("o-1"))
    let ready = try pos.shop.ledger.changesToTakeUp(try pos.shop.scope, at: pos.shop.now)
    #expect(ready.map(\.change.order) == ["GF-1"])
    #expect(try pos.desk.takeUpWaiting() == [])
    #expect(try pos.queue == ["\"ACCEPTED\""])
  }

  @Test("a change whose order never came needs a person, and is told when its time is over")
  func overdue() throws {
    let pos = try ChangeShop()
    try pos.say("ACCEPTED", of: "X-1")
    pos.shop.pass(seconds: 3600)
    #expect(
      try pos.desk.takeUpWaiting().map(\.description) == [
        "Inbox/status/ACCEPTED.csv, line 2: no order with this channelOrderId came within 1h (found: "
          + "\"X-1\"). Compare it with the order's file in Outbox/, and with order: and matchBy: in "
          + "Mappings/status.yaml."
      ])
    #expect(try pos.desk.takeUpWaiting() == [])
  }

  @Test("a refused line that can be told by now is the same change, and goes")
  func refusedBefore() throws {
    let pos = try ChangeShop()
    try pos.shop.take(Sample.order("o-1"))
    #expect(try pos.say("READY").problems.count == 1)
    #expect(try pos.say("READY").words == "it says nothing new")
    #expect(try pos.say("ACCEPTED").queued == 1)
    #expect(try pos.say("READY").queued == 1)
    #expect(try pos.queue == ["\"ACCEPTED\"", "\"READY\""])
    #expect(
      try pos.shop.ledger.statusChanges(try pos.shop.scope, in: .refused, limit: 9) == [])
  }

  @Test("what is held of an order goes to that order, though another one has its number by now")
  func numberAgain() throws {
    let pos = try ChangeShop()
    try pos.shop.take(Sample.order("o-1"))
    try pos.say("READY")
    try pos.shop.take(Sample.order("o-2"))
    let taken = try ChangeResumption(bench: pos.bench, shelf: pos.shop.shelf).retry("o-1")
    #expect(taken.count == 1)
    #expect(taken.problems.map(\.code) == ["journey"])
    #expect(try ChangeResumption(bench: pos.bench, shelf: pos.shop.shelf).retry("o-2").count == 0)
  }

  @Test("dismiss settles what needs a person, and nothing of it goes")
  func dismiss() throws {
    let pos = try ChangeShop()
    try pos.shop.take(Sample.order("o-1"))
    try pos.say("READY")
    let resumption = ChangeResumption(bench: try pos.bench, shelf: try pos.shop.shelf)
    #expect(try resumption.dismiss("o-1") == 1)
    #expect(try resumption.dismiss("o-1") == 0)
    #expect(try resumption.retry("o-1").count == 0)
    #expect(try pos.queue == [])
  }

  @Test("retry says why a change is still refused")
  func retry() throws {
    let pos = try ChangeShop()
    try pos.shop.take(Sample.order("o-1"))
    try pos.say("READY")
    let taken = try ChangeResumption(bench: pos.bench, shelf: pos.shop.shelf).retry("o-1")
    #expect(taken.count == 1)
    #expect(
      taken.problems.map(\.description) == [
        "Inbox/status/READY.csv, line 2: the order is ORDER_SUCCESS, and READY may follow only after "
          + "ACCEPTED (found: \"READY\"). Have the POS write every step, or write fillJourney: true in "
          + "Mappings/status.yaml."
      ])
  }

  /// Yesterday's order of a number is COMPLETED; today another one has it.
  private func numberOfYesterday(_ last: String = "COMPLETED") throws -> ChangeShop {
    let pos = try ChangeShop()
    try pos.shop.take(Sample.order("o-1"))
    try pos.say("ACCEPTED", last)
    pos.shop.pass(seconds: 86_400)
    try pos.shop.take(Sample.order("o-2", at: pos.shop.now))
    return pos
  }

  private func told(_ order: String, _ pos: ChangeShop) throws -> [String] {
    try pos.shop.ledger.notifications(try pos.shop.scope, in: .queued, limit: 100)
      .filter { $0.requestOrderId == order }.map { $0.fields.map(\.json).joined() }
  }

  @Test("a number that is used again means the open order, and then the newest")
  func usedAgain() throws {
    let pos = try numberOfYesterday()
    #expect(try pos.say("ACCEPTED", "READY", "COMPLETED").problems == [])
    #expect(try told("o-2", pos) == ["\"ACCEPTED\"", "\"READY\"", "\"COMPLETED\""])
    #expect(try pos.say("READY", "COMPLETED").words == "it says nothing new")
    #expect(try told("o-1", pos).count == 2)
  }

  @Test("a line of yesterday's order, read again, is not one of today's")
  func yesterdaysLine() throws {
    let pos = try ChangeShop()
    try pos.shop.take(Sample.order("o-1"))
    let noon = pos.shop.now
    try pos.say("ACCEPTED", at: noon)
    try pos.say("READY", "COMPLETED", at: noon + 1000)
    pos.shop.pass(seconds: 86_400)
    try pos.shop.take(Sample.order("o-2", at: pos.shop.now))
    #expect(try pos.say("ACCEPTED", at: noon).words == "it says nothing new")
    #expect(try told("o-2", pos) == [])
  }

  @Test("two open orders of one number are told apart by nobody")
  func twoOpen() throws {
    let pos = try ChangeShop()
    try pos.shop.take(Sample.order("o-1"), Sample.order("o-2"))
    #expect(try pos.say("ACCEPTED").problems.map(\.code) == ["ambiguous-order"])
    #expect(try pos.queue == [])
  }

  @Test("what ends an order whose number fits two is held, and approve chooses", arguments: [1, 2])
  func choice(_ number: Int) throws {
    let pos = try numberOfYesterday("PREPARING")
    let verdict = try pos.say("CANCELLED", at: pos.shop.now)
    #expect(
      verdict.problems.map(\.description) == [
        "Inbox/status/CANCELLED.csv, line 2: 2 orders with this channelOrderId are open or ended in "
          + "the last seven days: o-2, o-1 (found: \"GF-1\"). Choose the one that is meant: "
          + "dstore-connector approve o-2, or dstore-connector approve o-1; or settle it with "
          + "dstore-connector dismiss GF-1."
      ])
    let resumption = ChangeResumption(bench: try pos.bench, shelf: try pos.shop.shelf)
    let all = try resumption.approve("GF-1")
    #expect(all.problems.map(\.code) == ["ambiguous-order"])
    let taken = try resumption.approve("o-\(number)")
    #expect(taken.count == 1)
    #expect(taken.problems == [])
    #expect(try told("o-\(number)", pos).last == "\"CANCELLED\"")
    #expect(try told("o-\(3 - number)", pos).contains("\"CANCELLED\"") == false)
    #expect(try pos.say("CANCELLED", at: pos.shop.now).words == "it says nothing new")
  }
}

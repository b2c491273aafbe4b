import Dispatch
import LedgerStore
import Records
import Synchronization
import TestSupport
import Testing

@testable import Flows

/// Orders are written on a thread of their own as soon as they are recorded.
@Suite struct OutboxPumpTests {
  private let shop: OrderShop
  private let pump = OutboxPump()
  private let heard = Heard()

  private final class Heard: Sendable {
    let reports = Mutex<[OutboxReport]>([])

    var written: [String] { reports.withLock { $0.flatMap(\.written) } }
    var problems: [String] { reports.withLock { $0.flatMap { $0.problems.map(\.description) } } }
    var count: Int { reports.withLock { $0.count } }
  }

  init() throws { shop = try OrderShop() }

  private func start() {
    pump.start({ [shop] in try! shop.release() as OutboxRelease }) { [heard] report in
      heard.reports.withLock { $0.append(report) }
    }
  }

  private func stop() async {
    await withCheckedContinuation { [pump] continuation in
      DispatchQueue.global().async {
        pump.stop()
        continuation.resume()
      }
    }
  }

  /// Waits until something holds; a slow machine has half a minute.
  private func wait(_ isSo: () throws -> Bool) async throws {
    for _ in 0..<3000 where try !isSo() { try await Task.sleep(for: .milliseconds(10)) }
    #expect(try isSo())
  }

  /// Lets a pass begin and end after this moment.
  private func tries(_ count: Int) async throws {
    shop.pass(seconds: 60)
    pump.wake()
    try await wait { try shop.summary.waiting.first?.tries ?? 0 >= count }
  }

  @Test("an order is written when it is woken, and told")
  func woken() async throws {
    start()
    try shop.take(Sample.order("R-1"))
    pump.wake()
    try await wait { heard.written == ["orders/R-1.json"] }
    #expect(shop.files == ["orders/R-1.json"])
    await stop()
    #expect(heard.count == 1)
  }

  @Test("what comes right after a pass is written a moment later")
  func rests() async throws {
    let begun = ContinuousClock.now
    start()
    for id in ["R-1", "R-2"] {
      try shop.take(Sample.order(id))
      pump.wake()
      try await wait { heard.written.contains("orders/\(id).json") }
    }
    #expect(ContinuousClock.now - begun >= .milliseconds(100))
    await stop()
  }

  @Test("what another process left is found without being woken")
  func unwoken() async throws {
    start()
    try await Task.sleep(for: .milliseconds(50))
    try shop.take(Sample.order("R-1"))
    try await wait { shop.files == ["orders/R-1.json"] }
    await stop()
  }

  @Test("what is recorded is written before it ends")
  func stopped() async throws {
    for number in 1...100 { try shop.take(Sample.order("R-\(number)")) }
    start()
    await stop()
    #expect(shop.files.count == 100)
    #expect(heard.written.count == 100)
  }

  @Test("a problem is told once, however often it is tried, and again when it comes again")
  func problem() async throws {
    shop.folder.move("Outbox", to: "away")
    try shop.take(Sample.order("R-1"))
    start()
    // Between two tries there are passes in which nothing is due.
    for count in 1...4 {
      try await tries(count)
      pump.wake()
    }
    let missing = """
      Outbox/orders: the folder is missing. Mount the disk or share that it lies on, or make the \
      folder; what waits is written then.
      """
    #expect(heard.problems == [missing])
    shop.folder.move("away", to: "Outbox")
    shop.pass(seconds: 60)
    pump.wake()
    try await wait { heard.written == ["orders/R-1.json"] }
    shop.folder.move("Outbox", to: "away")
    try shop.take(Sample.order("R-2"))
    try await tries(1)
    #expect(heard.problems == [missing, missing])
    await stop()
    #expect(heard.count == 3)
  }

  @Test("what is wrong with the mappings is told once, while orders go on through the ones before")
  func mappings() async throws {
    shop.write(["a.yaml": Sample.mapping("A: a")])
    start()
    try shop.take(Sample.order("R-1"))
    pump.wake()
    try await wait { shop.files == ["orders/R-1.csv"] }
    shop.write(["a.yaml": Sample.mapping("A: '${x | uper}'")])
    for number in 2...4 {
      try shop.take(Sample.order("R-\(number)"))
      pump.wake()
      try await wait { shop.files.count == number }
    }
    await stop()
    #expect(heard.problems.count == 1)
  }
}

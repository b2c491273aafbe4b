import Foundation
import TestSupport
import Testing

/// The program is killed at any instruction, and the next run goes on.
@Suite(.talksToPrograms) struct KillTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  @Test(
    "killed after the request went out: the same requestId and bytes again, one effect",
    arguments: ["hold-before", "hold-after"], ["archive", "keep", "delete"])
  func killedWhileSending(_ hold: String, _ afterDone: String) async {
    let shop = Shop(mapping: Shop.mapping + "afterDone: \(afterDone)\n")
    shop.drop(Shop.menu)
    shop.dstore.fail(hold)
    let run = shop.start("run")
    await shop.dstore.waitForHold()
    run.kill()
    #expect(await run.end().exit == 128 + 9)
    #expect(shop.inbox.count == (afterDone == "keep" ? 2 : 1), "\(shop.inbox)")
    shop.dstore.release()
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.bodies.count == 2)
    #expect(Set(shop.dstore.bodies).count == 1)
    while shop.dstore.requests.count < 2 { await Task.yield() }
    #expect(shop.dstore.effects == 1)
    expectSettled(shop, afterDone)
  }

  @Test("killed after any time: the next run finishes the work, and no menu is sent twice")
  func sweep() async {
    for delay in stride(from: 0, through: 400, by: 16) {
      let shop = Shop()
      shop.drop(Shop.menu)
      let run = shop.start("run")
      try? await Task.sleep(for: .milliseconds(delay))
      run.kill()
      _ = await run.end()
      await expect(shop.run(), Self.quiet, "after \(delay) ms")
      #expect(Set(shop.dstore.bodies).count == 1, "after \(delay) ms")
      #expect(shop.dstore.effects == 1, "after \(delay) ms")
      expectSettled(shop, "archive")
    }
  }

  static let calls = [
    "rename,renameat2", "fdatasync,fsync", "unlink,rmdir", "mkdir", "sendto,writev,write",
    "pwrite64",
  ]

  /// Runs the program until its `number`th call of a kind, in any of its threads.
  /// - Returns: whether it came that far.
  private func runKilled(_ shop: Shop, at calls: String, _ number: Int) async -> Bool {
    let ending = await shop.shell(
      "exec strace -f -qq -o /dev/null -e trace=\(calls) "
        + "-e inject=\(calls):signal=KILL:when=\(number) $C run")
    return ending.exit == 128 + 9
  }

  /// The numbers of the calls to be killed at: all of the rare ones, samples of the frequent ones.
  private func numbers(_ calls: String, sample: Int) -> StrideThrough<Int> {
    calls == "pwrite64"
      ? stride(from: 1, through: 400, by: sample) : stride(from: 1, through: 60, by: 1)
  }

  @Test(
    "killed at any system call that changes a file: the next run finishes the work",
    arguments: calls)
  func atEachCall(_ calls: String) async throws {
    try Tracer.require()
    // Each thread counts its own calls, so a miss may come before the last hit.
    var (kills, misses) = (0, 0)
    for number in numbers(calls, sample: 23) {
      let shop = Shop()
      shop.drop(Shop.menu)
      let isKilled = await runKilled(shop, at: calls, number)
      await expect(shop.run(), Self.quiet, "\(calls) \(number)")
      #expect(Set(shop.dstore.bodies).count == 1, "\(calls) \(number)")
      #expect(shop.dstore.effects == 1, "\(calls) \(number)")
      expectSettled(shop, "archive")
      kills += isKilled ? 1 : 0
      misses = isKilled ? 0 : misses + 1
      if misses == 3 { break }
    }
    #expect(kills > 0)
  }

  @Test(
    "killed twice over two stores, of which one is refused, with an older file: each ends once",
    arguments: ["rename,renameat2", "fdatasync,fsync", "sendto,writev,write", "pwrite64"])
  func twice(_ calls: String) async throws {
    try Tracer.require()
    let menu = "Code,Name,Price,Open,Shop\nA1,Laksa,6.50,Y,S-1\nA1,Laksa,7.50,Y,S-2\n"
    var misses = 0
    for number in numbers(calls, sample: 43) {
      let shop = Shop(mapping: Shop.mapping + "store: ${Shop}\n", stores: ["S-1", "S-2"])
      shop.drop(menu)
      await expect(shop.run(), Self.quiet)
      shop.drop(menu.replacing("6.50", with: "9.90"), as: "menu-1.csv")
      shop.drop(menu.replacing("50", with: "60"), as: "menu-2.csv")
      shop.dstore.refuse("S-2")
      let isKilled = await runKilled(shop, at: calls, number)
      _ = await runKilled(shop, at: calls, number)
      let last = await shop.run()
      #expect([0, 1].contains(last.exit), "\(calls) \(number): \(last)")
      #expect(
        shop.inbox.filter { $0.hasSuffix(".csv") } == [
          "archive/DAY/menu-1.csv", "archive/DAY/menu.csv", "rejected/menu-2.csv",
        ], "\(calls) \(number)")
      #expect(shop.dstore.menu("S-1") == ["A1: AVAILABLE 660"])
      #expect(shop.dstore.menu("S-2") == ["A1: AVAILABLE 750"])
      #expect(Set(shop.dstore.requests.map(\.requestId)).count == 4, "\(calls) \(number)")
      #expect(Set(shop.dstore.bodies).count == 4, "\(calls) \(number)")
      #expect(shop.ledger("SELECT count(*) FROM file WHERE isPlaced = 0") == ["0"])
      await expect(shop.run(), Self.quiet, "\(calls) \(number)")
      misses = isKilled ? 0 : misses + 1
      if misses == 2 { break }
    }
  }

  /// One request, accepted; the file in one place, which the ledger names; nothing left over.
  private func expectSettled(_ shop: Shop, _ afterDone: String) {
    let places = ["archive": ["archive/DAY/menu.csv"], "keep": ["products/menu.csv"], "delete": []]
    #expect(shop.inbox == places[afterDone])
    #expect(shop.ledger("SELECT state FROM request") == ["accepted"])
    #expect(shop.ledger("SELECT outcome || ' ' || isPlaced FROM file") == ["sent 1"])
    #expect(shop.folder.files(".connector/payloads").count == 1)
    #expect(
      shop.ledger("SELECT requestId FROM accepted") == [shop.dstore.requests.last?.requestId])
  }

  @Test("of two runs at once one works, and the other has nothing to do")
  func twoRuns() async throws {
    let shop = Shop()
    shop.drop(Shop.menu)
    shop.dstore.fail("hold-before")
    let first = shop.start("run")
    await shop.dstore.waitForHold()
    await expect(shop.run(), Self.quiet)
    // A pass over everything would speak of more than what a run that looks at nothing says.
    let busy = await shop.run("--json")
    #expect(busy.exit == 0)
    #expect(busy.err == "")
    let said = try #require(json(busy.out))
    let shopInPeace = Shop()
    let other = await shopInPeace.run("--json")
    #expect(Set(said.keys) == Set(try #require(json(other.out)).keys).union(["busy"]))
    #expect((said["files"] as? [Any])?.isEmpty == true)
    #expect((said["problems"] as? [Any])?.isEmpty == true)
    let holder = try #require(said["busy"] as? [String: Any])
    #expect(holder["pid"] as? Int == Int(first.id))
    #expect(holder["since"] as? String == "TIME")
    #expect(holder["movedAt"] as? String == "TIME")
    let status = await shop.command("status", "--json")
    #expect((json(status.out)?["activeRun"] as? [String: Any])?["pid"] as? Int == Int(first.id))
    await expect(
      shop.command("approve", "menu.csv"),
      .init(
        exit: 1, out: "", err: "another run is active. Try again when it has ended.\n"))
    shop.dstore.release()
    #expect(await first.end() == Self.quiet)
    // The first run repeats what it sent where a slow machine lets it wait beyond its patience.
    #expect(Set(shop.dstore.requests.map(\.requestId)).count == 1)
    #expect(Set(shop.dstore.bodies).count == 1)
    #expect(shop.dstore.effects == 1)
    expectSettled(shop, "archive")
  }

  @Test(
    "a run that hangs is reported with what it was doing; killed, the next one goes on")
  func stuck() async throws {
    // However slow the machine is: the answer is still waited for when the run is stopped.
    let shop = Shop(more: "requestTimeout: 10m")
    shop.drop(Shop.menu)
    shop.dstore.fail("hold-before")
    let first = shop.start("run")
    await shop.dstore.waitForHold()
    let activity = "Sending 4 products of S-1 to D-Store"
    try await until("the lock says what the run does") { lock(shop).contains(activity) }
    kill(first.id, SIGSTOP)
    // As if it had stopped long ago.
    let line = try #require(lock(shop).split(separator: "\n").last?.split(separator: " ").first)
    let now = Int64(Date().timeIntervalSince1970 * 1000)
    try await expectStuck(shop, first, saying: activity) {
      lock(shop).replacing(line, with: "\(now - 61 * 60_000)")
    }
    // However long ago it began: it moves.
    write("\(first.id) \(now - 600 * 60_000)\n\(now) \(activity)\n", shop)
    await expect(shop.run(), Self.quiet)
    first.kill()
    #expect(await first.end().exit == 128 + SIGKILL)
    shop.dstore.release()
    #expect(await shop.command("status").exit != 1)
    await expect(shop.run(), Self.quiet)
    #expect(shop.dstore.effects == 1)
    expectSettled(shop, "archive")
  }

  private func expectStuck(
    _ shop: Shop, _ first: Program, saying activity: String, _ text: () -> String
  ) async throws {
    write(text(), shop)
    let words = """
      the run of process \(first.id) has made no progress for 61 minutes; it was at "\(activity)". \
      Look whether a disk or share that it works on hangs; then end it with `kill -9 \(first.id)`: \
      the next run goes on with what it had begun.

      """
    await expect(shop.run(), .init(exit: 1, out: "", err: words))
    await expect(shop.command("retry", "menu.csv"), .init(exit: 1, out: "", err: words))
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.hasPrefix("Needs attention (1)\n  \(words)"))
    let said = try #require(json(await shop.run("--json").out))
    #expect(said["exit"] as? Int == 1)
    #expect((said["problems"] as? [[String: Any]])?.first?["code"] as? String == "run-stuck")
    #expect((said["busy"] as? [String: Any])?["activity"] as? String == activity)
  }

  private func lock(_ shop: Shop) -> String { shop.folder.text(".connector/run.lock") }

  /// In place, as the run itself does: the lock belongs to the file.
  private func write(_ text: String, _ shop: Shop) {
    try? text.write(
      toFile: shop.folder.path(".connector/run.lock"), atomically: false, encoding: .utf8)
  }
}

import Foundation
import TestSupport
import Testing

/// The gateway as a program, while what it stands on changes: certificate, disk, port, mappings.
@Suite(.talksToPrograms) struct ServeTests {
  private static let quiet = Program.Ending(exit: 0, out: "", err: "")

  @Test("a renewed certificate is used by new connections, and no order fails meanwhile")
  func renewed() async throws {
    let counter = Counter(isSecure: true)
    let serve = try await counter.serve()
    #expect(await counter.certificate() == "subject=CN = double\n")
    let long = counter.caller("place", "--orders", "150", "--rate", "10", "--order-prefix", "L")
    await counter.renew("renewed", parts: ["key", "pem"])
    var calls = 0
    try await until("the new certificate is used") {
      await counter.expectPlaced(5, prefix: "N\(calls)", "--rate", "5")
      calls += 1
      return await counter.certificate() == "subject=CN = renewed\n"
    }
    await counter.expectPlaced(10, prefix: "A")
    await counter.expectAllPlaced(150, long)
    await counter.expectStopped(serve)
    #expect(counter.orders.count == calls * 5 + 160)
  }

  @Test("a renewal whose key does not fit is reported once, and the old certificate stays in use")
  func badlyRenewed() async throws {
    let counter = Counter(isSecure: true)
    let serve = try await counter.serve()
    await counter.renew("half", parts: ["pem"])
    try await until("the renewal is refused") { !serve.err.isEmpty }
    #expect(await counter.certificate() == "subject=CN = double\n")
    await counter.expectPlaced(10)
    await counter.expectStopped(
      serve,
      err: """
        certificate trouble: WS/gateway.pem: the certificate does not belong to the key \
        WS/gateway.key. Put the certificate and the key of the same renewal there.

        """)
  }

  /// A disk without room, and how it gets some.
  struct Disk: Sendable, CustomTestStringConvertible {
    var testDescription: String
    /// Becomes the gateway, `$C`, in the workspace.
    var start: String
    /// Makes room for the process `$1`.
    var room: String
    /// What health and log say meanwhile.
    var code: String
    var message: String
    var remedy: String

    static let full = Disk(
      testDescription: "a full disk",
      start: """
        mkdir small
        exec unshare -Urm sh -c 'mount -t tmpfs -o size=1000k none small && exec $C serve --quiet'
        """,
      room: """
        nsenter -t $1 -U -m --preserve-credentials mount -o remount,size=64m "$PWD/small"
        """,
      code: "ledger-disk-full", message: "nothing can be recorded, the disk is full",
      remedy: """
        Free some space on the disk of the ledger and run again; nothing recorded is lost.
        """)

    static let limited = Disk(
      testDescription: "a limit on the size of files",
      start: "trap '' XFSZ; exec prlimit --fsize=1000000: $C serve --quiet",
      room: "prlimit --pid $1 --fsize=unlimited",
      code: "ledger-disk-error",
      message: "the disk failed under the ledger: disk I/O error (778)",
      remedy: """
        Check the disk, its connection and its quota (the system's log says more), then run again.
        """)
  }

  @Test(
    "without room on the disk orders are answered U; with room again none is lost or twice",
    arguments: SurroundingsTests.canMount ? [Disk.full, .limited] : [.limited])
  func noRoom(_ disk: Disk) async throws {
    let counter = Counter(more: "state: small")
    let serve = try await counter.serve(disk.start)
    let caller = counter.caller(
      "place", "--orders", "300", "--connections", "4", "--repeats", "0.2")
    let trouble =
      #"503 {"status":"trouble","code":"\#(disk.code)","message":"\#(disk.message)"}"#
    try await until("there is no room") { await counter.health() == trouble }
    #expect(await counter.shop.shell("set \(serve.id); \(disk.room)") == Self.quiet)
    await counter.expectAllPlaced(300, caller, isTrying: true)
    try await until("it works") { await counter.health() == "200 {\"status\":\"ok\"}" }
    let ending = await counter.stop(serve)
    #expect(ending.exit == 0)
    let refused = "answered U UNKNOWN_EXCEPTION"
    let told = ending.err.split(separator: "\n")
    #expect(told.contains { $0.contains(refused) }, "\(ending.err)")
    for line in told {
      #expect(line.hasSuffix("WS/small/ledger.sqlite: \(disk.message). \(disk.remedy)"))
    }
    #expect(Set(counter.ids).count == 300)
    #expect(counter.orders.count == 300)
  }

  @Test("a second gateway on the same port says so and ends; the first one goes on")
  func portTaken() async throws {
    let counter = Counter()
    let first = try await counter.serve()
    let taken = Program.Ending(
      exit: 1, out: "",
      err: """
        the gateway cannot listen on 127.0.0.1:\(counter.port): Address already in use. Set listen \
        in gateway: to an address of this machine and a port that is free.

        """)
    await expect(counter.shop.command("serve"), taken)
    await counter.expectPlaced(10)
    await counter.expectStopped(first)
    var stranger = TCPListener(port: counter.port)
    #expect(stranger != nil)
    await expect(counter.shop.command("serve"), taken)
    stranger = nil
    let next = try await counter.serve()
    await counter.expectPlaced(10, prefix: "N")
    await counter.expectStopped(next)
    #expect(counter.orders.count == 20)
  }

  @Test("told to stop under load it ends with 0, and every order that was answered S is there")
  func stopped() async throws {
    let counter = Counter()
    let serve = try await counter.serve()
    let caller = counter.caller(
      "place", "--orders", "400", "--connections", "8", "--log", counter.shop.folder.path("log"))
    // A shell, because it waits for nothing else in this process.
    _ = await counter.shop.shell(
      "until [ $(wc -l <log) -gt 60 ]; do sleep 0.02; done; kill -TERM \(serve.id)")
    await counter.expectStopped(serve, isTold: true)
    let before = counter.accepted
    let between = counter.ids
    #expect(Set(between).isSuperset(of: before))
    #expect(between.count < 400)
    await expect(counter.shop.run(), Self.quiet)
    #expect(counter.ids == between)
    let next = try await counter.serve()
    await counter.expectAllPlaced(400, caller, isTrying: true)
    await counter.expectStopped(next)
    #expect(Set(counter.ids) == counter.accepted)
    #expect(counter.orders.count == 400)
  }

  private static func till(_ cell: String) -> String {
    """
    kind: orders
    file: orders/${requestOrderId}.csv
    records:
      - columns: {NO: '\(cell)'}

    """
  }

  private static let noFilter = """
    Mappings/till.yaml, line 4, position 19: there is no filter of this name (found: "shout"). The \
    filters are: date, default, first, hash, join, last, lookup, lower, match, money, number, pad, \
    padLeft, plainText, replace, slug, split, title, trim, truncate, upper.

    """

  private static let lastGood =
    " Until this is fixed, orders go by its last good version (of TIME).\n"

  @Test("no clock that is set back can make its waits longer")
  func monotonic() async throws {
    try Tracer.require()
    let counter = Counter()
    let serve = try await counter.serve(
      "exec strace -D -ff -ttt -qq -o trace -e trace=futex $C serve --quiet")
    /// Thread by thread, the waits for a time.
    func waits() -> [Substring] {
      counter.shop.folder.files("").filter { $0.hasPrefix("trace.") }
        .flatMap { counter.shop.folder.text($0).split(separator: "\n") }
        .filter { $0.contains("{tv_sec=") }
    }
    try await until("the pump has waited three times") {
      waits().count { $0.contains("ETIMEDOUT") && !$0.contains("CLOCK_REALTIME") } >= 3
    }
    await counter.expectStopped(serve)
    // Dispatch's idle threads wait for five seconds until they end, by the wall clock.
    for wait in waits() where wait.contains("CLOCK_REALTIME") {
      let end = try #require(wait.firstMatch(of: /tv_sec=(\d+)/).flatMap { Double($0.1) })
      let now = try #require(wait.split(separator: " ").first.flatMap { Double($0) }, "\(wait)")
      #expect(end > now + 3, "\(wait)")
    }
  }

  @Test(
    "while its clock is days off orders are answered U, and named by health, status and log",
    arguments: [-172_800, 172_800])
  func clockOff(seconds: Int) async throws {
    let counter = Counter()
    let serve = try await counter.serve()
    let late = await counter.caller(
      "--ahead", "\(seconds)", "--patience", "0", "place", "--orders", "1"
    ).end()
    #expect((json(late.out)?["answers"] as? [String: Int])?.keys.first == "createOrder none")
    let side = seconds < 0 ? "behind" : "ahead of"
    let words = """
      createOrder of order \"O-000000\" was not stored although D-Store signed it: its time is \
      more than 86400 s \(side) this machine's clock
      """
    #expect(
      await counter.health()
        == #"503 {"status":"trouble","code":"clock-off","message":"#
        + "\"" + words.replacing("\"", with: "\\\"") + "\"}")
    let status = await counter.shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.contains(words), "\(status)")
    await expect(
      counter.shop.run(),
      .init(
        exit: 1, out: "",
        err: status.err + """
          \(words), TIME. What it is about is paid. Set this machine's clock (date shows it, \
          timedatectl set-ntp true keeps it right); D-Store sends it again and it is stored then.

          """))
    await counter.expectPlaced(1)
    try await until("it works") { await counter.health() == "200 {\"status\":\"ok\"}" }
    try await until("it is written") { counter.orders.count == 1 }
    #expect(await counter.shop.command("status").exit == 0)
    // What is known already may be repeated by anybody who has seen it, and is no trouble.
    _ = await counter.caller(
      "--ahead", "\(seconds)", "--patience", "0", "place", "--orders", "1"
    ).end()
    #expect(await counter.health() == "200 {\"status\":\"ok\"}")
    #expect(await counter.shop.command("status").exit == 0)
    let ending = await counter.stop(serve)
    #expect(ending.err.contains(words), "\(ending)")
    #expect(counter.orders.count == 1)
  }

  @Test("whatever ends it, nothing of its memory is written to a disk")
  func coreDumps() async throws {
    let counter = Counter()
    let serve = try await counter.serve("ulimit -c unlimited; exec $C serve --quiet")
    func text(_ name: String) throws -> String {
      try String(contentsOf: URL(filePath: "/proc/\(serve.id)/\(name)"), encoding: .utf8)
    }
    let limit = try text("limits").split(separator: "\n").first { $0.hasPrefix("Max core") }
    #expect(limit?.split(separator: " ").suffix(3) == ["0", "0", "bytes"])
    #expect(try text("coredump_filter") == "00000000\n")
    await counter.expectStopped(serve)
  }

  @Test("an edited mapping writes the next order; while an edit is wrong the one before goes on")
  func edited() async throws {
    let counter = Counter()
    let name = "Mappings/till.yaml"
    counter.shop.folder.write(name, Self.till("${channelOrderId}"))
    let serve = try await counter.serve()
    await counter.expectPlaced(1, prefix: "A")
    try await until("it is written") { counter.orders.count == 1 }
    counter.shop.folder.write(name, Self.till("new ${channelOrderId}"))
    await counter.expectPlaced(1, prefix: "B")
    try await until("it is written") { counter.orders.count == 2 }
    counter.shop.folder.write(name, Self.till("${channelOrderId | shout}"))
    await counter.expectPlaced(1, prefix: "C")
    try await until("it is written") { counter.orders.count == 3 }
    let told = String(Self.noFilter.dropLast()) + Self.lastGood
    try await until("it is told") { serve.err.contains("last good version") }
    counter.shop.folder.write(name, Self.till("fixed ${channelOrderId}"))
    await counter.expectPlaced(1, prefix: "D")
    await counter.expectStopped(serve, err: told)
    let texts = ["A", "B", "C", "D"].map { name in
      counter.shop.folder.text("Outbox/orders/\(name)-000000.csv")
    }
    #expect(texts == ["", "new ", "new ", "fixed "].map { "NO\n\($0)D00000\n" })
  }

  @Test("started with a wrong mapping it takes orders, and writes them once the mapping is fixed")
  func startedWrong() async throws {
    let counter = Counter()
    counter.shop.folder.write("Mappings/till.yaml", Self.till("${channelOrderId | shout}"))
    let serve = try await counter.serve()
    await counter.expectPlaced(3)
    try await until("the orders wait") { serve.err.contains("orders wait") }
    #expect(counter.orders == [])
    let health = await counter.health()
    let attention =
      #"200 {"status":"ok","attention":{"code":"unknown-filter","message":"Mappings/till.yaml, "#
    #expect(health.hasPrefix(attention), "\(health)")
    counter.shop.folder.write("Mappings/till.yaml", Self.till("${channelOrderId}"))
    try await until("they are written") { counter.orders.count == 3 }
    let ending = await counter.stop(serve)
    #expect(ending.exit == 0)
    let waiting = """
      Mappings/till.yaml: orders wait, because the mapping that may write them is wrong. Run \
      dstore-connector check, and fix it; they are written then.

      """
    // How many there are when it is told, and which, is a matter of chance.
    let names = #/ [1-3] file\(s\) wait for it: order "O-00000[0-2]"(, order "O-00000[0-2]")*\.\n/#
    let told = ending.err.replacing(names, with: "\n")
    #expect(told != ending.err)
    #expect(
      Set(told.split(separator: "\n")) == Set((Self.noFilter + waiting).split(separator: "\n")))
  }

  @Test("what is older than retention is gone from every file, and a repeat is still known")
  func purged() async throws {
    let counter = Counter(more: "retention: 1h")
    let serve = try await counter.serve()
    let customer = "Tan Ah Kow"
    let order = """
      {"requestOrderId": "R-1", "posAccountId": "merchant", "posStoreId": "S-1",
       "orderChannel": "DSTORE", "channelOrderId": "D-1", "serviceType": "PICKUP",
       "expectFulfillmentTime": "2026-01-31T12:08:56+08:00",
       "orderProducts": [{"posProductId": "A1", "name": "Laksa", "quantity": 1,
                          "price": {"value": 650, "currency": "SGD"}}],
       "orderAmount": {"totalAmount": {"value": 650, "currency": "SGD"}},
       "customer": {"name": "\(customer)"}}
      """
    func send(_ order: String) async -> Program.Ending {
      counter.shop.folder.write("order.json", order)
      defer { counter.shop.folder.remove("order.json") }
      return await counter.caller("send", "createOrder", "order.json").end()
    }
    let first = await send(order)
    let change = await counter.caller("change", "R-1", "C-1", "CANCELLED").end()
    #expect([first.exit, change.exit] == [0, 0], "\(first)\(change)")
    try await until("both are written") { counter.shop.ledger(Self.released) == ["2"] }
    await expect(counter.shop.run(), Self.quiet)
    #expect(
      counter.files(with: customer) == [".connector/ledger.sqlite-wal", "Outbox/orders/R-1.json"])
    counter.shop.change("UPDATE heldOrder SET receivedAt = receivedAt - 3600000")
    counter.shop.change("UPDATE heldChange SET receivedAt = receivedAt - 3600000")
    let told = """
      Outbox: the POS has not taken what is older than retention: (orders/R-1.json, \
      changes/R-1-C-1.json); it is removed from TIME on. Have the POS take it, or see to these \
      orders and delete the files; retention: in connector.yaml says how long later ones are kept.

      """
    await expect(counter.shop.run(), .init(exit: 1, out: "", err: told))
    #expect(counter.files(with: customer) == ["Outbox/orders/R-1.json"])
    let status = await counter.shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.hasPrefix("Needs attention (1)\n  \(told)"), "\(status)")
    counter.shop.change("UPDATE orderRelease SET namedAt = namedAt - 86400000")
    await expect(counter.shop.run(), Self.quiet)
    #expect(counter.files(with: customer) == [])
    #expect(counter.shop.folder.files("Outbox") == [".keep"])
    #expect(await send(order) == first)
    let other = await send(order.replacing("Tan", with: "Lim"))
    #expect(other.exit == 1)
    #expect(other.out.contains("REPEAT_REQ_INCONSISTENT"), "\(other)")
    #expect(counter.files(with: customer) == [])
    #expect(counter.files(with: "Lim Ah Kow") == [])
    await counter.expectStopped(
      serve,
      err: """
        createOrder "R-1" from 127.0.0.1 answered F REPEAT_REQ_INCONSISTENT, "this id came before \
        with another body, which was kept" (SIZE)

        """)
  }

  private static let released = "SELECT count(*) FROM orderRelease WHERE state = 'released'"
}

import Foundation
import Glibc
import TestSupport
import Testing

@testable import Connector

/// Nobody waits for whoever reads what the program says.
@Suite(.talksToPrograms) struct LogTests {
  @Test("while nobody reads the log of serve, orders are answered and written, and it can be ended")
  func unread() async throws {
    let counter = Counter()
    let serve = Program(
      ["sh", "-c", "mkfifo log; exec 3<>log; exec $C serve >log 2>log"],
      in: counter.shop.folder.path, environment: ["C": Shop.connector])
    try await until("it listens") { await counter.health() == #"200 {"status":"ok"}"# }
    await counter.expectPlaced(2000, "--connections", "8")
    try await until("all are written") { counter.orders.count == 2000 }
    #expect(await counter.health() == #"200 {"status":"ok"}"#)
    serve.terminate()
    #expect(await serve.end().exit == 0)
  }

  @Test("lines that find no room are dropped, in order, and their number is said")
  func dropped() async throws {
    var ends: [Int32] = [0, 0]
    #expect(pipe(&ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    defer { close(ends[0]) }
    let writer = LineWriter(to: ends[1])
    let count = 40_000
    for number in 1...count { writer.add("\(number) " + String(repeating: "x", count: 90)) }
    // It gives up waiting for a reader; what is left is written once there is one.
    writer.end()
    let end = ends[0]
    let text = await withCheckedContinuation { continuation in
      Thread {
        var text = ""
        var block = [UInt8](repeating: 0, count: 1 << 16)
        while !text.hasSuffix("fast enough.\n") {
          let count = read(end, &block, block.count)
          if count <= 0 { break }
          text += String(decoding: block[..<count], as: UTF8.self)
        }
        continuation.resume(returning: text)
      }.start()
    }
    close(ends[1])
    let lines = text.split(separator: "\n")
    let kept = lines.dropLast().compactMap { Int($0.prefix { $0.isNumber }) }
    #expect(kept == Array(1...kept.count))
    #expect(kept.count < count)
    let words = "line(s) of this log were dropped, because nobody read it fast enough."
    #expect(lines.last.map(String.init) == "\(count - kept.count) \(words)")
  }

  @Test(
    "what a command says arrives whole through a pipe that says that it is full",
    arguments: ["--payload", "--limit 3000"])
  func fullPipe(_ option: String) async {
    let shop = Shop()
    let rows = (1...3000).map { "A\($0),Product \($0),6.50,Y\n" }
    shop.drop("Code,Name,Price,Open\n" + rows.joined())
    let command = "$C preview \(option) Inbox/products/menu.csv"
    let wanted = await shop.shell(command)
    let script = """
      import fcntl, os, subprocess, sys, time
      end, start = os.pipe()
      fcntl.fcntl(start, fcntl.F_SETFL, os.O_NONBLOCK)
      fcntl.fcntl(start, 1031, 4096)
      child = subprocess.Popen(sys.argv[1:], stdout=start)
      os.close(start)
      while block := os.read(end, 1500):
          sys.stdout.write(block.decode("utf-8", "surrogateescape"))
          time.sleep(0.0001)
      sys.exit(child.wait())
      """
    shop.folder.write("slow.py", script)
    let ending = await shop.shell(
      "PYTHONIOENCODING=utf-8:surrogateescape python3 slow.py \(command)")
    #expect(wanted.out.utf8.count > 10_000)
    #expect(ending == wanted)
  }
}

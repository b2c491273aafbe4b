import Foundation
import TestSupport
import Testing

/// A sample of what Tests/Faults/run does, another one each day; it prints its seed and, of each
/// failure, the command that repeats it.
@Suite(.talksToPrograms, .serialized) struct FaultTests {
  private static let harness = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Faults/run").standardized.path

  private static let folder = TemporaryFolder()
  private var folder: TemporaryFolder { Self.folder }

  /// Runs the harness anew, in one folder, as it makes its keys there.
  private func attack(_ words: [String], program: String = Shop.connector) async -> Program.Ending {
    let given = [Self.harness, "--program", program, "--folder", folder.path("faults"), "--again"]
    return await Program(given + words, in: folder.path).end()
  }

  /// How many points of each kind held, and how many were tried, as the table's last line says.
  private func total(_ ending: Program.Ending) -> [String: Count] {
    let lines = ending.out.split(separator: "\n").filter { $0.hasPrefix("|") }.map { line in
      line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
    }
    guard let kinds = lines.first, let counts = lines.last, lines.count > 2 else { return [:] }
    let all = zip(kinds, counts).dropFirst().map { kind, cell in
      let numbers = cell.split(separator: " ").compactMap { Int($0) }
      return (kind, Count(held: numbers.first ?? 0, tried: numbers.last ?? 0))
    }
    return Dictionary(uniqueKeysWithValues: all)
  }

  private struct Count: Equatable {
    var held: Int
    var tried: Int
  }

  private static let kinds: Set = [
    "kills", "kills, and one of the next run", "torn writes", "failed once",
    "failing from then on", "power cuts, by model",
  ]

  @Test(
    "killed, torn, failing or without power at any operation of any flow: the next runs finish")
  func sample() async throws {
    let ending = await attack(["--each", "3"])
    let lines = ending.out.split(separator: "\n").prefix(2)
    print(lines.joined(separator: ": "))
    #expect(ending.exit == 0, "\(ending.testDescription)")
    let flows = try #require(lines.last?.split(separator: " ").dropLast().last.flatMap { Int($0) })
    #expect(flows >= 44)
    let total = total(ending)
    #expect(Set(total.keys) == Self.kinds)
    #expect(total.values.map(\.tried).reduce(0, +) == 3 * flows)
    for (kind, count) in total {
      #expect(count.tried >= 15, "\(kind)")
      #expect(count.held == count.tried, "\(kind)")
    }
  }

  @Test(
    "killed before each step, or failing at each of these operations: the next runs finish",
    arguments: [
      (
        "copied-back-open", "kills",
        ["--kind", "kill", "--action", "kill-before", "--operation", "rename"], 4
      ),
      (
        "copied-back-open", "kills",
        [
          "--kind", "kill", "--action", "kill-before", "--operation",
          "fdatasync .connector/ledger.sqlite-wal",
        ], 10
      ),
      (
        "forget", "kills",
        [
          "--kind", "kill", "--action", "kill-before", "--operation",
          "fdatasync .connector/ledger.sqlite-wal",
        ], 5
      ),
      (
        "stores", "failed once",
        ["--kind", "once", "--error", "EIO", "--operation", "read Inbox/products/"], 8
      ),
      (
        "first-sync", "failed once",
        ["--kind", "once", "--error", "EIO", "--operation", "lock .connector/ledger.sqlite "], 8
      ),
    ])
  func steps(_ flow: String, _ kind: String, _ words: [String], _ least: Int) async throws {
    let ending = await attack(["--flow", flow] + words)
    #expect(ending.exit == 0, "\(ending.testDescription)")
    let count = try #require(total(ending)[kind])
    #expect(count.tried >= least && count.held == count.tried, "\(ending.testDescription)")
  }

  @Test(
    "a program that breaks a promise does not hold",
    arguments: [
      ("loses an archived file", "first-sync", "rm -rf Inbox/archive", "the inbox holds []"),
      ("forgets", "keep", "rm -rf .connector Inbox/.work", "2 lists had an effect at D-Store"),
      (
        "gives an order twice", "release",
        "for one in Outbox/orders/*.json; do cp $one $(dirname $one)/2-$(basename $one); done",
        "the POS found {'R-1': 2"
      ),
      (
        "writes half a file", "release", "truncate -s 20 Outbox/orders/*.json",
        "the POS found half a file"
      ),
      (
        "leaves a temporary file", "first-sync", "touch Inbox/archive/.one.tmp",
        "a temporary file is left"
      ),
      ("fails without a word", "first-sync", "exit 1", "failed and said nothing"),
    ])
  func broken(_ name: String, _ flow: String, _ harm: String, _ words: String) async {
    folder.write(
      "broken",
      """
      #!/bin/sh
      [ "$1" = run ] || exec '\(Shop.connector)' "$@"
      '\(Shop.connector)' run
      code=$?
      { \(harm); } 2>/dev/null
      exit $code
      """)
    chmod(folder.path("broken"), 0o700)
    let ending = await attack(["--flow", flow, "--each", "1"], program: folder.path("broken"))
    #expect(ending.exit == 1)
    #expect(ending.out.contains(words), "\(ending.testDescription)")
  }

  @Test("a disk that ignores each sync loses what was promised, and that is noticed")
  func unsynced() async {
    let ending = await attack([
      "--flow", "serve-warm", "--kind", "cut-unsynced", "--unsynced", "--each", "12",
      "--seed", "1",
    ])
    #expect(ending.exit == 1)
    #expect(ending.out.contains("the POS found"), "\(ending.testDescription)")
  }
}

import Foundation
import Testing

/// A sample of what Tests/Faults/run does, another one each day; it prints its seed and, of each
/// failure, the command that repeats it.
@Suite(.serialized) struct FaultTests {
  private static let harness = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("../Faults/run").standardized.path

  private static let folder = TemporaryFolder()
  private var folder: TemporaryFolder { Self.folder }

  /// Runs the harness anew, in one folder, as it makes its keys there.
  private func attack(_ words: [String], program: String = Shop.connector) async -> Program.Ending {
    let given = [Self.harness, "--program", program, "--folder", folder.path("faults"), "--again"]
    return await Program(given + words, in: folder.path).end()
  }

  /// The points that held, and all that were tried, as the last line of the table says.
  private func total(_ ending: Program.Ending) -> (held: Int, tried: Int) {
    let cells = ending.out.split(separator: "\n").last?.split(separator: "|").dropFirst() ?? []
    let counts = cells.map { $0.split(separator: " ").compactMap { Int($0) } }
      .filter { $0.count == 2 }
    return (counts.map { $0[0] }.reduce(0, +), counts.map { $0[1] }.reduce(0, +))
  }

  @Test(
    "killed, torn, failing or without power at any operation of any flow: the next runs finish")
  func sample() async {
    let ending = await attack(["--each", "4", "--seconds", "90"])
    print(ending.out.prefix { $0 != "\n" })
    #expect(ending.exit == 0, "\(ending.testDescription)")
    let (held, tried) = total(ending)
    #expect(tried > 0 && held == tried, "\(ending.testDescription)")
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

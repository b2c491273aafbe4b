import Foundation
import TestSupport
import Testing

/// Exports that are not what they should be: a clear message, one place, nothing sent.
@Suite(.talksToPrograms) struct BadExportTests {
  /// What is rejected, and what is said of it.
  struct Case: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var bytes: Data
    var err: String
    /// Whether single rows are at fault, which are then put beside the file.
    var hasRows: Bool { err.contains(", record ") }

    init(_ name: String, _ bytes: Data, _ err: String) {
      testDescription = name
      self.bytes = bytes
      self.err = err
    }

    init(_ name: String, _ text: String, _ err: String) {
      self.init(name, Data(text.utf8), err)
    }
  }

  static let cases = [
    Case(
      "empty", "",
      """
      Inbox/products/menu.csv: rejected, the file is empty.
        Inbox/products/menu.csv: the file is empty. Export it again; the disk may have been full.

      """),
    Case(
      "header only", "Code,Name,Price,Open\n",
      """
      Inbox/products/menu.csv: rejected, the export has no records.
        Inbox/products/menu.csv: the export has no records. An empty list would delist the \
      whole store, so it is never sent. Export again, or look at where:, unless: and when: in \
      the mapping.

      """),
    Case(
      "binary junk", Data((0..<4096).map { UInt8(truncatingIfNeeded: $0 &* 167 >> 3) }),
      """
      Inbox/products/menu.csv: rejected, this is not a text file: it holds a zero byte at \
      offset 0.
        Inbox/products/menu.csv, line 1: this is not a text file: it holds a zero byte at \
      offset 0 (found: "0x00"). Export it from the POS again, as text. If it is UTF-16 without \
      a byte order mark, write `encoding: utf-16le` in the mapping's `format`.

      """),
    Case(
      "a picture", Data([0x89, 0x50, 0x4E, 0x47, 13, 10, 26, 10] + Array(repeating: 0, count: 90)),
      """
      Inbox/products/menu.csv: rejected, this is an image, not a text export.
        Inbox/products/menu.csv: this is an image, not a text export. Export it from the POS as \
      CSV or JSON.

      """),
    Case(
      "Windows-1252 that nobody stated",
      Data(Array("Code,Name,Price,Open\n".utf8))
        + Data((0..<50).flatMap { Array("A\($0),Br".utf8) + [0xF6] + Array("tchen,1.00,Y\n".utf8) }),
      """
      Inbox/products/menu.csv: rejected, the file is not UTF-8: the byte at offset 26 begins no \
      character.
        Inbox/products/menu.csv, line 2: the file is not UTF-8: the byte at offset 26 begins no \
      character (found: "0xF6"). These encodings would read the whole file, and the first doubtful \
      word in it as shown: windows-1252 or iso-8859-1 "Brötchen", macintosh "Brˆtchen", gbk or \
      gb18030 "Br鰐chen" and big5 "Br飆chen". Write the right one in the mapping, such as `format: \
      {type: csv, encoding: windows-1252}`, and look at the names in the preview.

      """),
    Case(
      "cut in a quoted cell", "Code,Name,Price,Open\nA1,Laksa,6.50,Y\nA2,\"Sat",
      """
      Inbox/products/menu.csv: rejected, a quote opens a cell here and is never closed.
        Inbox/products/menu.csv, line 3: a quote opens a cell here and is never closed. The \
      file was probably cut off: export it again. If its cells are not enclosed in quotes at \
      all, write `quote: none` in the mapping's `format`.

      """),
    Case(
      "missing columns", "Code,Name,Cost\nA1,Laksa,6.50\n",
      """
      Inbox/products/menu.csv: rejected, the export has no column "Price", which the mapping \
      needs (Mappings/menu.yaml, line 3, position 40).
        Inbox/products/menu.csv, "Price": the export has no column "Price", which the mapping \
      needs (Mappings/menu.yaml, line 3, position 40). It has: "Code", "Name", "Cost". Put the \
      right one into the mapping, or mark it optional: true.
        Inbox/products/menu.csv, "Open": the export has no column "Open", which the mapping \
      needs (Mappings/menu.yaml, line 3, position 53). It has: "Code", "Name", "Cost". Put the \
      right one into the mapping, or mark it optional: true.

      """),
    Case(
      "a price that is none", "Code,Name,Price,Open\nA1,Laksa,free,Y\n",
      """
      Inbox/products/menu.csv: rejected, this is not a number as the mapping writes them.
        Inbox/products/menu.csv, line 2, record 1, "Price": this is not a number as the mapping \
      writes them (found: "free"). numbers: says decimal ".", no thousands separator; correct \
      the value in the POS, or the statement.

      """),
    Case(
      "two products of one id", "Code,Name,Price,Open\nA1,Laksa,6.50,Y\nA1,Satay,8.00,Y\n",
      """
      Inbox/products/menu.csv: rejected, a different product with this id stands on line 2.
        Inbox/products/menu.csv, line 3, record 2, "posProductId": a different product with \
      this id stands on line 2 (found: "A1"). Give each its own code in the POS, or tell them \
      apart in the mapping, for example posProductId: ${Code}-${Size}.

      """),
    Case(
      "a word that the table lacks", "Code,Name,Price,Open\nA1,Laksa,6.50,maybe\n",
      """
      Inbox/products/menu.csv: rejected, the table "state" has no such word.
        Inbox/products/menu.csv, line 2, record 1, "Open": the table "state" has no such word \
      (found: "maybe"). Add it to the table, or give a fallback: lookup(state, "…").

      """),
  ]

  @Test("it is rejected with its reason, and nothing is sent", arguments: cases)
  func rejected(_ bad: Case) async {
    let shop = Shop()
    shop.folder.write("Inbox/products/menu.csv", bad.bytes)
    let ending = await shop.run()
    #expect(ending.err == bad.err)
    #expect(ending.exit == 1)
    #expect(ending.out == "")
    #expect(shop.dstore.requests == [])
    #expect(shop.inbox.first == "rejected/menu.csv")
    let reports = ["rejected/menu.csv.problem.txt", "rejected/menu.csv.problems.csv"]
    #expect(shop.inbox.dropFirst() == reports.prefix(bad.hasRows ? 2 : 1), "\(shop.inbox)")
    #expect(shop.folder.data("Inbox/rejected/menu.csv") == bad.bytes)
    #expect(shop.ledger("SELECT outcome || ' ' || isPlaced FROM file") == ["rejected 1"])
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    #expect(await shop.command("status").exit == 1)
  }

  @Test("a line of 64 MB is refused and costs no memory")
  func longLine() async {
    let shop = Shop()
    var data = Data("Code,Name,Price,Open\nA1,".utf8)
    data.append(Data(repeating: UInt8(ascii: "x"), count: 64 << 20))
    shop.folder.write("Inbox/products/menu.csv", data)
    let ending = await shop.shell(
      """
      exec python3 -c '
      import os, resource, subprocess, sys
      ended = subprocess.run([os.environ["C"], "run"]).returncode
      print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
      sys.exit(ended)'
      """)
    let kibibytes = Int(ending.out.trimmingCharacters(in: .whitespacesAndNewlines)) ?? .max
    #expect(kibibytes < 120_000)
    #expect(
      ending.err == """
        Inbox/products/menu.csv: rejected, the record is longer than 16 MiB, the most that is read.
          Inbox/products/menu.csv, line 2, record 1: the record is longer than 16 MiB, the most that \
        is read. Shorten its text in the POS and export again.

        """)
    #expect(ending.exit == 1)
    #expect(shop.dstore.requests == [])
    #expect(shop.inbox.first == "rejected/menu.csv")
  }

  @Test("a file that another program is writing waits in the inbox")
  func halfWritten() async throws {
    let shop = Shop()
    shop.drop(String(Shop.menu.prefix(40)))
    // Another process, since the kernel lets a process know of its own writing differently.
    let writer = Program(
      ["sh", "-c", "exec 3>>Inbox/products/menu.csv; touch open; exec sleep 600"],
      in: shop.folder.path)
    while !shop.folder.has("open") { await Task.yield() }
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    #expect(shop.inbox == ["products/menu.csv"])
    #expect(shop.dstore.requests == [])
    writer.kill()
    _ = await writer.end()
    shop.drop(Shop.menu)
    await expect(shop.run(), .init(exit: 0, out: "", err: ""))
    #expect(shop.dstore.menu("S-1").count == 4)
  }

  @Test("a file that no mapping takes stays, and a person is told")
  func noMapping() async {
    let shop = Shop()
    shop.drop("hello", as: "notes.csv")
    let ending = await shop.run()
    #expect(
      ending.err == """
        Inbox/products/notes.csv: waiting, no mapping takes this file.
          Inbox/products/notes.csv: no mapping takes this file. Add a mapping whose files: \
        matches it, or take it out of the inbox.

        """)
    #expect(ending.exit == 1)
    #expect(shop.inbox == ["products/notes.csv"])
  }

  @Test("a file that two mappings take stays, and a person is told")
  func twoMappings() async {
    let shop = Shop(mapping: Shop.mapping + "catalogue: all\n")
    shop.folder.write("Mappings/other.yaml", Shop.mapping + "catalogue: all\n")
    shop.drop(Shop.menu)
    let ending = await shop.run()
    #expect(
      ending.err == """
        Inbox/products/menu.csv: waiting, 2 mappings take this file: Mappings/menu.yaml and \
        Mappings/other.yaml.
          Inbox/products/menu.csv: 2 mappings take this file: Mappings/menu.yaml and \
        Mappings/other.yaml. Change files: in all but one of them.

        """)
    #expect(ending.exit == 1)
    #expect(shop.inbox == ["products/menu.csv"])
    #expect(shop.dstore.requests == [])
  }

  @Test("a link is not followed")
  func link() async {
    let shop = Shop()
    _ = await shop.shell("echo secret > x; ln -s ../../x Inbox/products/menu.csv")
    let ending = await shop.run()
    #expect(
      ending.err == """
        Inbox/products/menu.csv: it is a link, and only regular files are read. Put the file \
        itself there; a folder that lies elsewhere can be mounted in its place.

        """)
    #expect(ending.exit == 1)
    #expect(shop.dstore.requests == [])
  }

  @Test("a mapping with a typing mistake stops its own files only")
  func brokenMapping() async {
    let shop = Shop(stores: ["S-1", "S-2"])
    shop.folder.write("Mappings/menu.yaml", Shop.mapping + "store: S-1\n")
    shop.folder.write(
      "Mappings/other.yaml",
      Shop.mapping.replacing("menu*", with: "other*").replacing("columns", with: "colums")
        + "store: S-2\n")
    shop.drop(Shop.menu)
    shop.drop(Shop.menu, as: "other.csv")
    let ending = await shop.run()
    #expect(
      ending.err == """
        Mappings/other.yaml, line 3, position 1: "colums" is not a key of Mappings/other.yaml. \
        Did you mean "columns"?
        Inbox/products/other.csv: waiting, no mapping takes this file.
          Inbox/products/other.csv: no mapping takes this file. Perhaps its mapping is one of \
        those that are wrong; or add one whose files: matches.

        """)
    #expect(ending.exit == 2)
    #expect(shop.dstore.requests.map(\.store) == ["S-1"])
    #expect(shop.inbox == ["archive/DAY/menu.csv", "products/other.csv"])
  }
}

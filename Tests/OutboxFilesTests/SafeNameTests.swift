import Digests
import Records
import Testing

@testable import OutboxFiles

@Suite struct SafeNameTests {
  @Test(
    "what can be a name stays as it is",
    arguments: [
      "R-1024.csv", "a", "2026_01.31-x", "_", "console.csv", "COM", "com10.csv", "nul-1",
      String(repeating: "x", count: 120),
    ])
  func kept(text: String) {
    #expect(SafeName.of(text) == text)
  }

  @Test(
    "what cannot is cleaned, and carries the hash of what it was",
    arguments: [
      ("../../etc/cron.d/x.csv", "etc-cron.d-x-", ".csv"),
      ("../../etc/cron.d/x", "etc-cron.d-x-", ""),
      ("", "", ""), (".", "", ""), ("..", "", ""), ("...", "", ""), (".csv", "", ".csv"),
      (".hidden", "", ".hidden"), ("-rf", "rf-", ""), ("a.", "a-", ""), ("a b", "a-b-", ""),
      ("a\u{0}b", "a-b-", ""), ("a\\b", "a-b-", ""), ("C:\\x.csv", "C-x-", ".csv"),
      ("Küche.csv", "K-che-", ".csv"), ("订单", "", ""), ("a\n.csv", "a-", ".csv"),
      ("CON", "CON-", ""), ("con.csv", "con-", ".csv"), ("Nul.tar.gz", "Nul-tar-", ".gz"),
      ("LPT1.", "LPT1-", ""), ("com0.txt", "com0-", ".txt"), (" aux", "aux-", ""),
      ("a.json/b", "a.json-b-", ""), ("x.b/d", "x.b-d-", ""), ("a .csvv√", "a-.csvv-", ""),
    ])
  func cleaned(text: String, front: String, ending: String) {
    let hash = Bytes.withBytes(of: text, Digest.of).hex.prefix(16)
    #expect(SafeName.of(text) == "\(front)\(hash)\(ending)")
    #expect(SafeName.isSafe(SafeName.of(text)))
  }

  @Test("the hash is frozen: files of yesterday keep their names")
  func frozen() {
    #expect(SafeName.of("a/b") == "a-b-c14cddc033f64b9d")
    #expect(SafeName.of("") == "e3b0c44298fc1c14")
  }

  @Test("a name has at most 120 bytes, and its ending stays")
  func long() {
    let emoji = SafeName.of(String(repeating: "🍜", count: 255) + ".csv")
    #expect(emoji.utf8.count == 20)
    #expect(emoji.hasSuffix(".csv"))
    let long = SafeName.of(String(repeating: "x", count: 300) + ".csv")
    #expect(long.utf8.count == 120)
    #expect(long.hasPrefix("xxxx"))
    #expect(long.hasSuffix(".csv"))
    let points = SafeName.of(String(repeating: ".x", count: 200))
    #expect(SafeName.isSafe(points))
  }

  @Test("different texts keep different names")
  func different() {
    let texts = ["a/b", "a\\b", "a b", "a-b", "a--b", "/a-b", "a:b", "ä", "ö", "", ".", ".."]
    #expect(Set(texts.map(SafeName.of)).count == texts.count)
    let emoji = (1...255).map { String(repeating: "🍜", count: $0) }
    #expect(Set(emoji.map(SafeName.of)).count == 255)
  }

  @Test("no text at all leads out of its folder")
  func anyText() {
    let pieces = ["/", "..", ".", "\\", "a", "CON", "\u{0}", "🍜", "-", " ", "é", ".csv", "\u{7F}"]
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let count = Int.random(in: 0...12, using: &generator)
      let text = (0..<count).map { _ in pieces.randomElement(using: &generator) ?? "" }.joined()
      #expect(SafeName.isSafe(SafeName.of(text)), "\(text.debugDescription)")
    }
  }

  private typealias Part = OrderSheet.PathPart

  @Test("what stands in the mapping stays, and what comes from an order never adds a folder")
  func paths() {
    let path = [
      Part("Bestellungen Küche", isLiteral: true), Part("S/1", isLiteral: false),
      Part("../x.csv", isLiteral: false),
    ]
    #expect(
      SafeName.path(path)
        == "Bestellungen Küche/S-1-ac1175e62f6057ae/x-c6a35c28ae9e3589.csv")
    #expect(SafeName.fixedFolder(path) == "Bestellungen Küche")
  }

  @Test(
    "a mapping cannot lead out of the outbox either, nor into the staging folder",
    arguments: ["..", ".", "", ".staging", "a/b", "/", "a\u{0}b"])
  func literals(text: String) {
    let name = SafeName.path([Part(text, isLiteral: true), Part("x.csv", isLiteral: true)])
    #expect(name == "\(SafeName.of(text))/x.csv")
  }

  @Test("fixed folders end where an order has a say, and the file is none of them")
  func fixed() {
    let orders = Part("orders", isLiteral: true)
    let store = Part("S-1", isLiteral: false)
    let file = Part("all.csv", isLiteral: true)
    #expect(SafeName.fixedFolder([orders, file]) == "orders")
    #expect(SafeName.fixedFolder([orders, store, orders, file]) == "orders")
    #expect(SafeName.fixedFolder([orders, orders, store, file]) == "orders/orders")
    #expect(SafeName.fixedFolder([store, file]) == "")
    #expect(SafeName.fixedFolder([file]) == "")
  }
}

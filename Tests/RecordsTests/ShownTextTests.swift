import Testing

@testable import Records

@Suite struct ShownTextTests {
  @Test(
    "signs that nobody sees are shown by name, line ends too",
    arguments: [
      ("\u{1B}[2J", "<U+001B>[2J"), ("\u{9B}31m", "<U+009B>31m"), ("a\u{7F}", "a<U+007F>"),
      ("menu\u{202E}vsc.exe", "menu<U+202E>vsc.exe"), ("\u{200F}A\u{2066}", "<U+200F>A<U+2066>"),
      ("one\r\ntwo\u{2028}", "one<U+000D><U+000A>two<U+2028>"), ("a\tb", "a<U+0009>b"),
      ("1\u{A0}234", "1<U+00A0>234"), ("A1\u{200B}", "A1<U+200B>"),
      ("A\u{200D}1\u{FE0F}", "A<U+200D>1<U+FE0F>"), ("\u{FEFF}Code", "<U+FEFF>Code"),
      ("😀\u{E0041}", "😀<U+E0041>"),
    ])
  func unseen(text: String, shown: String) {
    #expect(ShownText.line(text) == shown)
    #expect(ShownText.line(shown) == shown)
    #expect(Problem.shown(text) == "\"\(shown)\"")
  }

  @Test(
    "what people write stays as it is",
    arguments: [
      "Laksa, 6.50", "Löwenbräu 海南鸡饭 辛", "☕\u{FE0F} Kopi", "👨\u{200D}👩\u{200D}👧 set", "مقهى",
      "می\u{200C}خواهم", "", " a  b ",
    ])
  func plain(text: String) {
    #expect(Array(ShownText.line(text).unicodeScalars) == Array(text.unicodeScalars))
  }

  @Test("of a long text the beginning and the end are shown")
  func long() {
    let text = "begin" + String(repeating: "\u{1B}é", count: 1 << 20) + "end"
    let shown = ShownText.line(text)
    #expect(shown.unicodeScalars.count < 10 * ShownText.longestLine)
    #expect(shown.hasPrefix("begin<U+001B>é"))
    #expect(shown.contains("<U+001B>…é"))
    #expect(shown.hasSuffix("<U+001B>éend"))
    #expect(ShownText.line("0123456789", limit: 8) == "012345…89")
    #expect(ShownText.beginning("0123456789", limit: 8) == "01234567…")
    #expect(ShownText.beginning("01234567", limit: 8) == "01234567")
  }

  @Test("JSON keeps its content, with escapes for what nobody sees")
  func json() {
    #expect(
      ShownText.json("{\"a\":\"é\u{9B}\u{202E}\u{E0041}\u{7F}\"}")
        == #"{"a":"é\u009B\u202E\uDB40\uDC41\u007F"}"#)
    #expect(ShownText.json("{\n}") == "{\n}")
  }
}

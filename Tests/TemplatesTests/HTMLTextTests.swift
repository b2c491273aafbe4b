import Records
import Templates
import TestSupport
import Testing

struct HTMLTextTests {
  @Test(
    "a description becomes plain text",
    arguments: [
      ("plain", "plain"),
      ("<b>Fish</b> &amp; chips", "Fish & chips"),
      ("<p>one</p><p>two</p>", "one\ntwo"),
      ("one<br>two<BR/>three", "one\ntwo\nthree"),
      ("<ul><li>a</li><li>b</li></ul>", "a\nb"),
      ("a\r\n   b\tc", "a b c"),
      ("5 < 6 > 4", "5 < 6 > 4"),
      ("a <b", "a <b"),
      ("a < b <i>c</i>", "a < b c"),
      ("&eacute;&#233;&#xE9;&#XE9;", "éééé"),
      ("a&nbsp;b\u{A0}c", "a b c"),
      ("&unknown; & &;", "&unknown; & &;"),
      ("&#0;&#x110000;", "&#0;&#x110000;"),
      ("&amp;lt;", "&lt;"),
      ("x<!-- note -->y", "xy"),
      ("<style>p { color: red }</style>shown<script>if (a < b) {}</script>!", "shown!"),
      ("<style>never closed", ""),
      ("👩‍🍳 <i>ok</i>", "👩‍🍳 ok"),
      ("<p></p>", ""),
    ])
  func plain(html: String, text: String) {
    #expect(Bench(["cell": html]).text("${cell | plainText}") == text)
  }

  @Test("a cell full of opened tags takes no longer than any other")
  func staysQuick() {
    let cell = String(repeating: "<a", count: 100_000)
    let time = processorTime {
      #expect(Bench(["cell": cell]).text("${cell | plainText}") == cell)
      #expect(Bench(["cell": ">" + cell]).text("${cell | plainText}") == ">" + cell)
    }
    #expect(time < .seconds(5))
  }
}

import Testing

@testable import Records

@Suite struct CleanTextTests {
  @Test(
    "what nobody sees is taken out of keys",
    arguments: [
      ("101\u{A0}", "101"), ("101\u{200B}", "101"), ("\u{200E}101", "101"), ("101\u{3000}", "101"),
      ("\u{1F}101", "101"), ("\u{FEFF}Code", "Code"), ("Cafe\u{301}", "Caf\u{E9}"),
      ("a\u{A0}b", "a b"), ("a\r\nb", "a b"), ("❤\u{FE0F}", "❤"), ("می\u{200C}خواهم", "میخواهم"),
      ("\u{212B}", "\u{C5}"), ("Löwenbräu 海南鸡饭", "Löwenbräu 海南鸡饭"),
    ])
  func keys(text: String, clean: String) {
    let cleaned = CleanText.cleaned(text, keeping: .nothing)
    #expect(Array(cleaned.unicodeScalars) == Array(clean.unicodeScalars))
  }

  @Test(
    "in free text joiners stay between letters and emoji, and lines stay lines",
    arguments: [
      ("❤\u{FE0F} Set", "❤\u{FE0F} Set"), ("می\u{200C}خواهم", "می\u{200C}خواهم"),
      ("a\u{200D} b", "a b"), ("one\r\ntwo\tx", "one\r\ntwo\tx"), ("one\u{2028}two", "one\ntwo"),
      ("\u{1B}[31mHot\u{7}", "[31mHot"),
    ])
  func texts(text: String, clean: String) {
    let cleaned = CleanText.cleaned(text, keeping: .all)
    #expect(Array(cleaned.unicodeScalars) == Array(clean.unicodeScalars))
  }
}

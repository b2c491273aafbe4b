import Testing

@testable import InboxFiles

@Suite struct LastLineTests {
  @Test(
    "the last line that is not blank decides",
    arguments: [
      ("a\nEND", "END", true), ("a\r\nEND\r\n\r\n \n", "END", true), ("END", "END", true),
      ("END\nb", "END", false), ("a\nEND;2", "END", false), ("a\nEND;12;2026", "END;*", true),
      ("", "END", false), ("\n\n", "END", false), ("a\nSum [1]?", "Sum [1]?", true),
      ("a\nSum 1x", "Sum [1]?", false), ("a\rEND", "END", true),
      ("x\nFin à la carte", "Fin à*", true),
      ("a\n  END  ", "END", true), ("a\nEnd;12", "END*", true), ("a\nend", "END", true),
      ("a\nback\\slash", "back\\slash", true),
    ])
  func ends(text: String, expected: String, fits: Bool) {
    #expect(LastLine.ends(Array(text.utf8), with: expected) == fits)
  }

  @Test("UTF-16 of both orders is read too")
  func wide() {
    let units = Array("a\r\nEND\r\n".utf16)
    #expect(LastLine.ends(units.flatMap { [UInt8($0), 0] }, with: "END"))
    #expect(LastLine.ends(units.flatMap { [0, UInt8($0)] }, with: "END"))
  }
}

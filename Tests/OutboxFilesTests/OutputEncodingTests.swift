import OutboxFiles
import Records
import Testing

@Suite struct OutputEncodingTests {
  private static func encode(_ text: String, _ name: String) throws -> EncodedText {
    let encoding = try OutputEncoding(stated: name)
    return Bytes.withBytes(of: text) { encoding.encode($0) }
  }

  @Test(
    "the bytes are the encoding's own",
    arguments: [
      ("utf-8", "Käse €", [0x4B, 0xC3, 0xA4, 0x73, 0x65, 0x20, 0xE2, 0x82, 0xAC]),
      ("UTF8", "ä", [0xC3, 0xA4]),
      ("windows-1252", "Käse €", [0x4B, 0xE4, 0x73, 0x65, 0x20, 0x80]),
      ("ansi", "€", [0x80]), ("iso-8859-1", "ä\n", [0xE4, 0x0A]),
      ("shift_jis", "辛①", [0x90, 0x68, 0x87, 0x40]), ("gbk", "辣€", [0xC0, 0xB1, 0x80]),
      ("big5", "辣", [0xBB, 0xB6]), ("utf-16le", "a辣", [0x61, 0, 0xA3, 0x8F]),
      ("utf-16be", "🍜", [0xD8, 0x3C, 0xDF, 0x5C]),
      ("iso-2022-jp", "a辛b", [0x61, 0x1B, 0x24, 0x42, 0x3F, 0x49, 0x1B, 0x28, 0x42, 0x62]),
      ("cp850", "", []),
    ] as [(String, String, [UInt8])])
  func bytes(name: String, text: String, bytes: [UInt8]) throws {
    let encoded = try Self.encode(text, name)
    #expect(encoded.bytes == bytes)
    #expect(encoded.flag == nil)
  }

  @Test(
    "what an encoding cannot hold becomes one question mark a character",
    arguments: [
      ("a辣b辣🍜", "windows-1252", "a?b??", ["辣", "🍜"], 3),
      ("👨‍👩‍👧‍👦!", "windows-1252", "?!", ["👨‍👩‍👧‍👦"], 1), ("🇸🇬", "iso-8859-1", "?", ["🇸🇬"], 1),
      ("辣", "ascii", "?", ["辣"], 1), ("€", "iso-8859-1", "?", ["€"], 1),
      ("辛🍜辛", "shift_jis", "\u{90}h?\u{90}h", ["🍜"], 1),
    ])
  func replaced(
    text: String, name: String, written: String, replaced: [String], count: Int
  ) throws {
    let encoded = try Self.encode(text, name)
    #expect(encoded.bytes == written.unicodeScalars.map { UInt8($0.value) })
    #expect(encoded.replaced == replaced)
    #expect(encoded.replacedCount == count)
    let what = count == 1 ? "1 character that" : "\(count) characters that"
    let were = count == 1 ? "was" : "were"
    #expect(
      encoded.flag
        == OrderFlag(
          "characters-replaced", "\(what) \(name) cannot hold \(were) replaced in the file"))
  }

  @Test("a replacement in a wide or stateful encoding is written in it")
  func wide() throws {
    #expect(try Self.encode("é", "utf-16le").bytes == [0xE9, 0])
    let japanese = try Self.encode("辛🍜辛", "iso-2022-jp")
    #expect(
      japanese.bytes
        == [0x1B, 0x24, 0x42, 0x3F, 0x49, 0x1B, 0x28, 0x42, 0x3F]
        + [0x1B, 0x24, 0x42, 0x3F, 0x49, 0x1B, 0x28, 0x42])
  }

  @Test("a long text full of what does not fit ends soon and right")
  func long() throws {
    let encoded = try Self.encode(String(repeating: "辣a", count: 50_000), "windows-1252")
    #expect(encoded.bytes == Array(String(repeating: "?a", count: 50_000).utf8))
    #expect(encoded.replacedCount == 50_000)
    #expect(encoded.replaced == ["辣"])
    let marks = "a" + String(repeating: "\u{301}", count: 1000)
    #expect(try Self.encode(marks, "windows-1252").bytes.starts(with: [0xE1, 0x3F]))
  }

  @Test("letters are composed before they are encoded, and what nobody sees is left out")
  func composes() throws {
    let encoded = try Self.encode("Cafe\u{301} Zoe\u{308}\u{200B} \u{2764}\u{FE0F}", "windows-1252")
    #expect(
      encoded.bytes == Array("Caf".utf8) + [0xE9] + Array(" Zo".utf8) + [0xEB] + Array(" ?".utf8))
    #expect(encoded.replacedCount == 1)
  }

  @Test(
    "an encoding that is not known is refused, with the one that was meant",
    arguments: [
      ("windows-1253x", "Did you mean \"windows-1252\"?"),
      ("klingon", "`iconv -l` lists the encodings that are."),
      ("windows-1252//TRANSLIT", "`iconv -l` lists the encodings that are."),
    ])
  func unknown(name: String, remedy: String) {
    #expect(
      throws: Problem(
        "unknown-encoding", value: name, "the encoding is not known on this machine",
        remedy: remedy)
    ) { try OutputEncoding(stated: name) }
  }
}

import ExportReading
import Records
import Testing

/// Encodings: what is recognised, what has to be stated, and what is said about the rest.
@Suite struct EncodingTests {
  private static func utf16(_ text: String, isBig: Bool) -> [UInt8] {
    text.utf16.flatMap { unit in
      let bytes = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return isBig ? bytes.reversed() : bytes
    }
  }

  private static func bytes(_ before: String, _ middle: [UInt8], _ after: String = "") -> [UInt8] {
    [UInt8](before.utf8) + middle + [UInt8](after.utf8)
  }

  @Test("a UTF-8 byte order mark is no part of the first header")
  func mark() throws {
    let table = try Export([0xEF, 0xBB, 0xBF] + "SKU,Name\n1,Café\n".utf8).table()
    #expect(table.header == ["SKU", "Name"])
    #expect(table.rows == [["1", "Café"]])
    #expect(table.survey.text.hasMark)
    #expect(table.survey.encoding == "utf-8")
  }

  @Test(
    "UTF-16 is recognised, with and without its mark", arguments: [false, true], [false, true])
  func wide(_ isBig: Bool, _ isMarked: Bool) throws {
    let mark: [UInt8] = isMarked ? (isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]) : []
    let text = "Token\tItem Name\r\n1\tラーメン\r\n"
    let bytes = mark + Self.utf16(text, isBig: isBig)
    let table = try Export(bytes).table(blockSize: 7)
    #expect(table.header == ["Token", "Item Name"])
    #expect(table.rows == [["1", "ラーメン"]])
    #expect(table.survey.encoding == (isBig ? "utf-16be" : "utf-16le"))
    #expect(table.survey.size == bytes.count)
    let note = "The file is taken for \(table.survey.encoding), although it has no byte order mark."
    #expect(table.survey.notes == (isMarked ? [] : [note]))
  }

  @Test(
    "stated encodings are decoded, delimiters inside of characters included",
    arguments: [
      ("windows-1252", [0x43, 0x61, 0x66, 0xE9, 0x20, 0x80, 0x35], "Café €5"),
      ("latin-1", [0x43, 0x61, 0x66, 0xE9], "Café"),
      ("ISO-8859-1", [0xFC], "ü"),
      ("gbk", [0xC0, 0xAD, 0xC3, 0xE6, 0x80], "拉面€"),
      ("GB18030", [0x81, 0x30, 0x84, 0x36], "¥"),
      ("big5", [0xB3, 0x5C, 0xA5, 0x5C, 0xBB, 0x5C], "許功蓋"),
      ("shift_jis", [0x83, 0x89, 0x81, 0x5B, 0x83, 0x7C, 0x87, 0x40], "ラーポ①"),
      ("euc-kr", [0xB1, 0xE8], "김"),
      ("KOI8-R", [0xC2], "б"),
      ("big5-hkscs", [0x88, 0x62], "\u{CA}\u{304}"),
    ] as [(String, [UInt8], String)])
  func stated(_ encoding: String, _ cell: [UInt8], _ text: String) throws {
    let export = try Export(Self.bytes("id|name|x\n1|", cell, "|y\n"))
    let table = try export.table(FormatStatement(encoding: encoding))
    #expect(table.rows == [["1", text, "y"]])
    #expect(table.survey.encoding == encoding.lowercased())
  }

  @Test("characters that the decoder's blocks cut are put together again")
  func longText() throws {
    var bytes = [UInt8]("id,name\n".utf8)
    for _ in 0..<30_000 { bytes += [0x31, 0x2C, 0x83, 0x7C, 0x83, 0x7C, 0x0A] }
    let table = try Export(bytes).table(FormatStatement(encoding: "shift_jis"))
    #expect(table.rows.count == 30_000)
    #expect(table.rows.allSatisfy { $0 == ["1", "ポポ"] })
  }

  @Test("a byte order mark is stronger than a statement")
  func contradiction() throws {
    let export = try Export([0xEF, 0xBB, 0xBF] + "id,name\n1,é\n".utf8)
    let table = try export.table(FormatStatement(encoding: "windows-1252"))
    #expect(table.rows == [["1", "é"]])
    #expect(
      table.survey.notes == [
        "The file's byte order mark says utf-8; the stated windows-1252 is not used."
      ])
  }

  @Test("a file that is not UTF-8 names its first byte and the encodings that would read it")
  func unstated() throws {
    let export = try Export(Self.bytes("id,name\n1,Tea\n2,Caf", [0xE9], "\n3,Cr\u{65}me\n"))
    #expect(
      export.refusal()?.description == """
        menu.csv, line 3: the file is not UTF-8: the byte at offset 19 begins no character \
        (found: "0xE9"). These encodings would read the whole file, and the first doubtful word in \
        it as shown: windows-1252 or iso-8859-1 "Café" and macintosh "CafÈ". Write the right one in \
        the mapping, such as `format: {type: csv, encoding: windows-1252}`, and look at the names in \
        the preview. If only this one byte is wrong, write `encoding: utf-8` there with `onBadRow: \
        skip` and `maxBadRows: 1`, and its row is left out.
        """)
  }

  @Test("the byte is found however deep it stands")
  func deep() throws {
    let rows = String(repeating: "1,Tea\r\n", count: 200_000)
    let export = try Export(Self.bytes("id,name\r\n" + rows + "2,", [0xE9], "\r\n"))
    let problem = try #require(export.refusal())
    #expect(problem.place.line == 200_002)
    #expect(problem.message.contains("the byte at offset 1400011 "))
    #expect(problem.value == "0xE9")
  }

  @Test("a byte that does not belong to the stated encoding has its offset, line and remedy")
  func wrongStatement() throws {
    let export = try Export(Self.bytes("id,name\r\n1,\u{C9}\r\n2,x", [], "\r\n"))
    #expect(
      export.refusal(FormatStatement(encoding: "Big5"))?.description == """
        menu.csv, line 2: the byte at offset 11 does not belong to big5 (found: "0xC3"). These \
        encodings would read the whole file, and the first doubtful word in it as shown: utf-8 "É", \
        windows-1252 "Ã‰", macintosh "√â" and gbk or gb18030 "脡". Write the right one in the \
        mapping, such as `format: {type: csv, encoding: utf-8}`, and look at the names in the preview.
        """)
  }

  @Test("a statement that turns UTF-8 into something else is noted")
  func statedOverUTF8() throws {
    let survey = try Export("id,name\n1,Café\n").survey(FormatStatement(encoding: "gbk"))
    #expect(
      survey.notes == ["The file is UTF-8, although gbk is stated: look at the names in it."])
    let ascii = try Export("id,name\n1,Tea\n").survey(FormatStatement(encoding: "gbk"))
    #expect(ascii.notes == [])
  }

  @Test("offsets count the byte order mark")
  func markedOffset() throws {
    let export = try Export([0xFF, 0xFE, 0x61, 0, 0x0A, 0, 0x00, 0xD8, 0x61, 0])
    #expect(export.refusal()?.message == "the byte at offset 6 does not belong to utf-16le")
    #expect(export.refusal()?.place.line == 2)
  }

  @Test("a file that ends inside of a character says so")
  func cutCharacter() throws {
    let export = try Export(Self.bytes("id,name\n1,", [0x83]))
    let problem = export.refusal(FormatStatement(encoding: "shift_jis"))
    #expect(problem?.message == "the file ends inside a character, at offset 10: it was cut off")
  }

  @Test("control characters of ISO 8859 are another encoding's, which is named")
  func controls() throws {
    let export = try Export(Self.bytes("id,name\n1,5 ", [0x80], "\n"))
    let problem = export.refusal(FormatStatement(encoding: "iso-8859-1"))
    #expect(problem?.message == "the byte at offset 12 is a control character in iso-8859-1")
    #expect(problem?.place.line == 2)
    #expect(problem?.remedy.contains("encoding: windows-1252}") == true)
    #expect(try export.survey(FormatStatement(encoding: "windows-1252")).records == 1)
  }

  @Test("where a larger encoding reads the file, no other is named")
  func larger() throws {
    let export = try Export(Self.bytes("id,name\n1,", [0xC3, 0xE6, 0x94, 0x39, 0xDA, 0x36], "\n"))
    let problem = export.refusal(FormatStatement(encoding: "gbk"))
    #expect(problem?.remedy.contains("encoding: gb18030}") == true)
    #expect(problem?.remedy.contains("1252") == false)
  }

  @Test("an unknown encoding is refused with the nearest that exists")
  func unknown() throws {
    let export = try Export("a,b\n")
    #expect(
      export.refusal(FormatStatement(encoding: "windos-1252"))?.description == """
        menu.csv: the encoding is not known on this machine (found: "windos-1252"). Did you mean \
        "windows-1252"?
        """)
  }

  @Test("a few broken characters among many right ones are faults of their rows")
  func fewBroken() throws {
    let export = try Export(
      Self.bytes("id,name\n1,Crème\n2,\"Caf", [0xE9], " au lait\"\n3,Thé\n4,Café\n"))
    let table = try export.table()
    #expect(table.rows.count == 4)
    #expect(
      table.faults == [
        """
        menu.csv, line 3, record 2, "name": the byte 0xE9 in this cell is not UTF-8 \
        (found: "Caf\u{FFFD} au lait"). Type the text again in the POS, or have it export UTF-8.
        """
      ])
    #expect(table.survey.notes == ["One character is not UTF-8, the first on line 3."])
  }

  @Test("stated UTF-8 makes every broken character a fault of its row")
  func statedUTF8() throws {
    let export = try Export(Self.bytes("id,name\n1,", [0xE9], "\n2,Tea\n"))
    let table = try export.table(FormatStatement(encoding: "UTF-8"))
    #expect(table.faults.count == 1)
    #expect(table.survey.text.brokenCharacters == 1)
  }

  @Test("a text file of another format is strict, and its remedy names that format")
  func otherText() throws {
    let export = try Export(Self.bytes("{\"a\": \"é é ", [0xE9], "\"}"), name: "menu.json")
    do throws(Problem) {
      _ = try Surveyor.surveyText(path: export.path, name: export.name)
      Issue.record("it was accepted")
    } catch {
      #expect(error.remedy.contains("`format: {type: json, encoding: windows-1252}`"))
    }
    let survey = try Surveyor.surveyText(
      path: export.path, name: export.name, stated: "windows-1252")
    #expect(survey.encoding == "windows-1252")
    #expect(survey.size == 16)
  }

  @Test("a text source gives UTF-8 without a mark")
  func textSource() throws {
    let export = try Export([0xFF, 0xFE] + Self.utf16("[\"é\"]", isBig: false))
    let source = try TextSource(path: export.path, name: export.name)
    let output = ByteOutput()
    while case let before = output.count,
      case _ = try output.append(room: 3, { room throws(Problem) in try source.read(into: room) }),
      output.count > before
    {}
    #expect(output.bytes.text == "[\"é\"]")
    #expect(source.hasMark)
  }
}

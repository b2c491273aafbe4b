import Contract
import JSON
import Records
import RowMapping
import Testing

/// An export as one POS writes it, its mapping and what must come out.
struct PosFormat: Sendable, CustomTestStringConvertible {
  let mapping: String
  /// The main file first.
  let exports: [String]
  let stores: [String]
  let payload: String
  var problems: [String] = []

  var testDescription: String { exports[0] }

  init(
    _ mapping: String, _ exports: [String], payload: String? = nil, stores: [String] = ["shop"],
    problems: [String] = []
  ) {
    self.mapping = mapping
    self.exports = exports
    self.stores = stores
    self.payload = payload ?? mapping
    self.problems = problems
  }

  static let all = [
    PosFormat(
      "loyverse", ["loyverse-english.csv"], payload: "loyverse-english", stores: ["tiong-bahru"]),
    PosFormat(
      "loyverse", ["loyverse-spanish.csv"], payload: "loyverse-spanish",
      stores: ["centro", "playa"]),
    PosFormat("square", ["square.csv"], stores: ["S-HARBOUR", "S-MILL"]),
    PosFormat("square-uk", ["square-uk.csv"]),
    PosFormat("square-japanese", ["square-japanese.csv"]),
    PosFormat("shopify", ["shopify.csv"]),
    PosFormat("lightspeed", ["lightspeed.csv"]),
    PosFormat(
      "clover", ["clover-items.csv", "clover-modifiers.csv"],
      problems: [excelCode(line: 7), excelCode(line: 8)]),
    PosFormat("json-keyed", ["json-keyed.json"], stores: ["harbour-1", "harbour-2"]),
    PosFormat("json-decimal", ["json-decimal.json"]),
    PosFormat("json-floats", ["json-floats.json"]),
    PosFormat("json-lines", ["json-lines.jsonl"]),
    PosFormat("gbk", ["gbk.csv"]),
    PosFormat("big5", ["big5.csv"]),
    PosFormat("shift-jis", ["shift-jis.csv"]),
    PosFormat("latin-1", ["latin-1.csv"]),
    PosFormat("titles", ["titles.csv"]),
    PosFormat("header-change", ["header-old.csv"]),
    PosFormat("header-change", ["header-new.csv"]),
    PosFormat("odd-rows", ["odd-rows.csv"]),
    PosFormat("bad-byte", ["bad-byte.csv"], problems: [badByte]),
    PosFormat("no-header", ["no-header.csv"]),
    PosFormat("long-cell", ["long-cell.csv"]),
    PosFormat("refused", ["refused.csv"], problems: refusals),
  ]

  private static func excelCode(line: Int) -> String {
    """
    clover-items.csv, line \(line), record \(line - 1), "Product Code": a spreadsheet turned this \
    code into a number, so that several products share it (found: "4,80001E+12"). Export again, \
    and do not open and save the file in a spreadsheet; or set the column's format to text before \
    saving.
    """
  }

  private static let badByte = """
    bad-byte.csv, line 5, record 4, "Nom": the byte 0xEA in this cell is not UTF-8 \
    (found: "Cr\u{FFFD}pe Suzette"). Type the text again in the POS, or have it export UTF-8.
    """

  private static let refusals = [
    """
    refused.csv, line 3, record 2, "Price": three digits stand behind the only separator, which may be \
    a decimal or a thousands sign, and SGD has 2 decimals (found: "6.505"). Write numbers: {decimal: \
    ",", thousands: "."} in the mapping if it is 6505, or numbers: {decimal: "."} if it is 6.505.
    """,
    """
    refused.csv, line 4, record 3, "posProductId": a different product with this id stands on \
    line 2 (found: "A1"). Give each its own code in the POS, or tell them apart in the mapping, \
    for example posProductId: ${Code}-${Size}.
    """,
    """
    refused.csv, line 5, record 4, "Code": "posProductId" is empty, and the contract requires it. \
    Fill it in the POS, give a fallback with default(…), or leave such rows out with unless: or \
    when:.
    """,
    """
    refused.csv, line 6, record 5, "Price": this is not a number as the mapping writes them \
    (found: "ask"). numbers: says decimal ".", no thousands separator; correct the value in \
    the POS, or the statement.
    """,
  ]
}

struct PosFormatTests {
  private static let bench = MappingBench(folder: MappingBench.fixtures + "/mappings")

  private func run(
    _ format: PosFormat
  ) throws -> (products: MadeProducts, outcome: MappingOutcome) {
    let files = format.exports.map { "\(MappingBench.fixtures)/exports/\($0)" }
    return try MappingBench.run(
      try Self.bench.mapping(format.mapping), files, stores: format.stores)
  }

  @Test("an export becomes the products that its payload file lists", arguments: PosFormat.all)
  func payload(_ format: PosFormat) throws {
    let (made, outcome) = try run(format)
    let wanted = try MappingBench.text(
      of: "\(MappingBench.fixtures)/payloads/\(format.payload).json")
    #expect(made.text == wanted)
    #expect(outcome.problems.map(\.description) == format.problems)
  }

  @Test("what an export becomes keeps to the contract", arguments: PosFormat.all)
  func contract(_ format: PosFormat) throws {
    let contract = try Contract.load()
    for (store, list) in try run(format).products.lists {
      let body = """
        {"requestId": "r", "posAccountId": "a", "store": {"posStoreId": "\(store)"}, \
        "products": \(list)}
        """
      let document = JSONDocument()
      let problems = try Bytes.withBytes(of: body) { bytes in
        try document.parse(bytes)
        return contract.check(document.root, as: "syncProduct")
      }
      #expect(problems.map(\.description) == [])
    }
  }

  @Test("a file with bad rows goes on only as far as its mapping allows")
  func badRows() throws {
    let allowed = try PosFormat.all.filter { !$0.problems.isEmpty }.map { format in
      let outcome = try run(format).outcome
      return try Self.bench.mapping(format.mapping).badRows.allows(outcome)
    }
    #expect(allowed == [true, true, false])
  }

  @Test("a header that changed overnight is one clear error until the mapping has an alias")
  func changedHeader() throws {
    let text = try MappingBench.text(of: "\(MappingBench.fixtures)/mappings/header-change.yaml")
    let mapping = try Self.bench.compile(
      text.replacing("[vkBrutto, VKPreis]", with: "VKPreis"), name: "header-change")
    let message = """
      header-new.csv, "VKPreis": the export has no column "VKPreis", which the mapping needs \
      (Mappings/header-change.yaml, line 8, position 10). It has: "ArtNr", "Warengruppe", \
      "Bezeichnung", "vkNetto", "vkBrutto", "Bestand", "MwSt". Put the right one into the \
      mapping, or mark it optional: true.
      """
    #expect(try refusal(mapping, "header-new.csv") == [message])
  }

  @Test(
    "an encoding that the mapping does not state is asked for, with those that would do",
    arguments: [
      Unstated("gbk", offset: 0, byte: "B1", usable: "windows-1252 or iso-8859-1"),
      Unstated("big5", offset: 0, byte: "BD", usable: "windows-1252 or iso-8859-1"),
      Unstated("shift-jis", offset: 0, byte: "83", usable: "macintosh"),
      Unstated("latin-1", offset: 1, byte: "E9", usable: "windows-1252 or iso-8859-1"),
    ])
  func unstatedEncoding(_ file: Unstated) throws {
    let path = "\(MappingBench.fixtures)/mappings/\(file.name).yaml"
    let lines = try MappingBench.text(of: path).split(separator: "\n")
    let text = lines.filter { !$0.hasPrefix("format:") }.joined(separator: "\n")
    let mapping = try Self.bench.compile(text, name: file.name)
    let message = """
      \(file.name).csv, line 1: the file is not UTF-8: the byte at offset \(file.offset) begins no \
      character (found: "0x\(file.byte)"). These encodings would read the whole file, and the first doubtful \
      word in it as shown: \(file.usable)
      """
    let refusal = try refusal(mapping, "\(file.name).csv")
    #expect(refusal.count == 1 && refusal[0].hasPrefix(message), "\(refusal)")
  }

  struct Unstated: Sendable {
    let name: String
    let offset: Int
    let byte: String
    let usable: String

    init(_ name: String, offset: Int, byte: String, usable: String) {
      self.name = name
      self.offset = offset
      self.byte = byte
      self.usable = usable
    }
  }

  private func refusal(_ mapping: ProductMapping, _ export: String) throws -> [String] {
    let error = try #require(throws: Problems.self) {
      try MappingBench.run(mapping, ["\(MappingBench.fixtures)/exports/\(export)"], stores: ["s"])
    }
    return error.all.map(\.description)
  }
}

import LedgerStore
import OutboxFiles
package import Records
package import RowMapping

/// The mappings that write orders, and changes of orders, for the POS; by name.
package struct OrderShelf {
  package struct Entry {
    package let mapping: OrderMapping
    let format: SheetFormat
    /// What it was made from.
    let version: KeptMapping

    /// - Throws: what is wrong with its format.
    init(_ mapping: OrderMapping, _ parts: MappingParts, text: [UInt8]) throws(Problem) {
      self.mapping = mapping
      format = try SheetFormatMaker(parts: parts, mapping: mapping).format()
      version = KeptMapping(name: mapping.name, text: text, parts: parts.read)
    }
  }

  /// A mapping that is wrong.
  struct Broken {
    /// The file's name without its ending.
    let name: String
    let path: String
    let kind: MappingFile.Kind
    /// Which orders it would take; `nil` where that cannot be read.
    var filter: OrderMapping?
  }

  package private(set) var entries: [Entry] = []
  private(set) var broken: [Broken] = []
  /// What is wrong with mappings of these kinds, also with those that are replaced by their last
  /// good versions.
  package private(set) var problems: [Problem] = []

  package init() {}

  var isUsable: Bool { broken.isEmpty }

  /// Whether a mapping of this name is there, right or wrong.
  package func has(_ name: String) -> Bool {
    entries.contains { $0.mapping.name == name }
      || broken.contains { $0.path == "Mappings/\(name).yaml" }
  }

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    entries.sort { $0.mapping.name < $1.mapping.name }
  }

  mutating func add(_ problems: [Problem]) { self.problems += problems }

  mutating func add(_ file: OrderShelfLoader.Broken, _ problems: [Problem]) {
    let name = file.path.split(separator: "/").last?
      .split(separator: ".", omittingEmptySubsequences: false).dropLast().joined(separator: ".")
    for kind in [MappingFile.Kind.orders, .orderChanges] where file.kind ?? kind == kind {
      broken.append(
        Broken(name: name ?? file.path, path: file.path, kind: kind, filter: file.filter))
    }
    add(problems)
  }

  /// A mapping that may take an order, right or wrong.
  enum Candidate {
    case good(Entry)
    case broken(Broken)

    fileprivate var name: String {
      switch self {
      case .good(let entry): entry.mapping.name
      case .broken(let broken): broken.name
      }
    }
  }

  /// Those of one kind, right and wrong, in the order in which they are asked whether they take an
  /// order.
  func candidates(of kind: MappingFile.Kind) -> [Candidate] {
    (entries(of: kind).map(Candidate.good)
      + broken.filter { $0.kind == kind }.map(Candidate.broken)).sorted { $0.name < $1.name }
  }

  /// Those of one kind that can be used.
  func entries(of kind: MappingFile.Kind) -> [Entry] {
    entries.filter { $0.mapping.kind == kind }
  }
}

/// Turns what a mapping says about its format into the format itself.
private struct SheetFormatMaker {
  let parts: MappingParts
  let mapping: OrderMapping

  /// - Throws: an encoding that this machine does not know, or what is wrong with the template.
  func format() throws(Problem) -> SheetFormat {
    let encoding = try mapping.format.encoding.map { stated throws(Problem) in
      try explained { () throws(Problem) in try OutputEncoding(stated: stated) }
    }
    return SheetFormat(try kind, encoding: encoding ?? .utf8)
  }

  private var kind: SheetFormat.Kind {
    get throws(Problem) {
      switch mapping.format.type {
      case .json: .json
      case .template: .template(try template, newline)
      case .csv:
        .csv(
          CSVText(
            delimiter: mapping.format.delimiter, quotes: quotes, newline: newline,
            hasHeader: mapping.format.hasHeader))
      }
    }
  }

  private var template: MustacheText {
    get throws(Problem) {
      let (path, bytes) = try explained { () throws(Problem) in
        try parts.template(mapping.format.template ?? "")
      }
      return try MustacheText(String(decoding: bytes, as: UTF8.self), file: path)
    }
  }

  private var newline: Newline {
    switch mapping.format.newline {
    case .lf: .lf
    case .crlf: .crlf
    case .cr: .cr
    }
  }

  private var quotes: CSVText.Quotes {
    switch mapping.format.quote {
    case .minimal: .minimal
    case .all: .all
    case .none: .none
    }
  }

  private func explained<Value>(
    _ body: () throws(Problem) -> Value
  ) throws(Problem) -> Value {
    do throws(Problem) {
      return try body()
    } catch {
      throw error.filled(from: Place(file: mapping.path, field: "format"))
    }
  }
}

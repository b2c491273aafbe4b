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

  package private(set) var entries: [Entry] = []
  /// Paths of mappings of these kinds that are wrong, by kind: nobody can know which orders they
  /// would have taken.
  private(set) var broken: [MappingFile.Kind: [String]] = [:]
  /// What is wrong with mappings of these kinds, also with those that are replaced by their last
  /// good versions.
  package private(set) var problems: [Problem] = []

  package init() {}

  var isUsable: Bool { broken.isEmpty }

  /// Whether a mapping of this name is there, right or wrong.
  package func has(_ name: String) -> Bool {
    entries.contains { $0.mapping.name == name }
      || broken.values.joined().contains("Mappings/\(name).yaml")
  }

  mutating func add(_ entry: Entry) {
    entries.append(entry)
    entries.sort { $0.mapping.name < $1.mapping.name }
  }

  mutating func add(_ problems: [Problem]) { self.problems += problems }

  mutating func add(_ file: OrderShelfLoader.Broken, _ problems: [Problem]) {
    for kind in [MappingFile.Kind.orders, .orderChanges] where file.kind ?? kind == kind {
      broken[kind, default: []].append(file.path)
    }
    add(problems)
  }

  /// Those of one kind, in the order in which they are asked whether they take an order.
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

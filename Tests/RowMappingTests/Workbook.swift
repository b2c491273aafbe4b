import Contract
import JSON
import Records
import RowMapping
import YAML

/// A mapping in YAML and an export in texts, run as a whole file is.
struct Workbook {
  var yaml: String
  var stores = ["demo"]
  var tables: [String: [(key: String, value: String)]] = [:]
  var overrides = ""

  init(_ yaml: String, stores: [String] = ["demo"]) {
    self.yaml = yaml
    self.stores = stores
  }

  /// What a file became.
  struct Result {
    /// Lines of `store: product`, the store only where there are several.
    var products: [String] = []
    var problems: [String] = []
    var outcome = MappingOutcome()
  }

  func compile() throws(Problems) -> ProductMapping {
    let contract = try Contract.load(
      overrides: overrides.isEmpty ? [] : [("Mappings/contract.yaml", Array(overrides.utf8))])
    return try ProductMappingReader(contract: contract, defaults: defaults)
      .read(try tree(), name: "m", path: "m.yaml")
  }

  var defaults: MappingDefaults {
    let tables = tables
    return MappingDefaults(
      currency: Currency(code: "SGD")!, zone: Zone(name: "Asia/Singapore", offsetSeconds: 28800),
      findZone: { $0 == "Asia/Tokyo" ? Zone(name: $0, offsetSeconds: 32400) : nil },
      readTable: { file throws(Problem) in
        if let table = tables[file] {
          return table.map { TableWord(key: $0.key, value: $0.value) }
        }
        throw Problem("no-table", value: file, "there is no such file beside the mapping")
      })
  }

  func tree() throws(Problems) -> YAMLNode {
    do throws(Problem) {
      return try YAML.parse(Array(yaml.utf8), file: "m.yaml")
    } catch {
      throw Problems([error])
    }
  }

  /// What is wrong with the mapping itself.
  func mistakes() -> [String] {
    do throws(Problems) {
      _ = try compile()
      return []
    } catch {
      return error.all.map(\.description)
    }
  }

  /// Runs rows of `a|b|c`, the header first, each on a line of its own.
  func run(
    _ table: String, joined: [String] = [], faults: [Int: Problem] = [:]
  ) -> Result {
    let products = Products(isAlone: stores.count == 1)
    do throws(Problems) {
      let mapping = try compile()
      let (header, rows) = Self.table(table)
      let mapper = try ProductMapper(
        mapping, file: ("menu.csv", "Inbox/menu.csv"), header: header,
        joined: joined.enumerated().map { index, text in
          let (header, rows) = Self.table(text)
          return JoinedFile(display: "Inbox/joined\(index).csv", header: header, rows: rows)
        }, stores: stores, sink: products)
      return try result(products) { () throws(Problem) in
        for index in 0..<rows.count {
          try mapper.take(rows[index], faults: faults[index + 1].map { [$0] } ?? [])
        }
        return try mapper.finish()
      }
    } catch {
      return Result(problems: error.all.map(\.description))
    }
  }

  /// Runs a JSON text.
  func run(json: String, joined: [String] = []) -> Result {
    let products = Products(isAlone: stores.count == 1)
    do throws(Problems) {
      let mapping = try compile()
      let mapper = try ProductMapper(
        mapping, file: ("menu.json", "Inbox/menu.json"), header: [],
        joined: joined.map { text in
          let (header, rows) = Self.table(text)
          return JoinedFile(display: "Inbox/joined.csv", header: header, rows: rows)
        }, stores: stores, sink: products)
      return try result(products) { () throws(Problem) in
        try Self.feed(json, mapping.plan) { element, key, line, root throws(Problem) in
          try mapper.take(element, key: key, line: line, root: root)
        }
        return try mapper.finish()
      }
    } catch {
      return Result(problems: error.all.map(\.description))
    }
  }

  /// Gives the elements of a JSON text to `take`.
  static func feed(
    _ json: String, _ plan: RecordPlan,
    _ take: (JSONValue, Bytes, Int, JSONValue?) throws(Problem) -> Void
  ) throws(Problem) {
    do throws(JSONFault) {
      let first = reader(json, plan)
      while try first.next() != nil {}
      let rest = plan.readsRoot ? first.rest : nil
      let second = reader(json, plan)
      while let element = try second.next() {
        do throws(Problem) {
          try take(element, second.key, second.line, rest?.root)
        } catch {
          preconditionFailure("the sink of these tests throws nothing")
        }
      }
    } catch {
      throw error.problem(file: "Inbox/menu.json")
    }
  }

  private static func reader(_ json: String, _ plan: RecordPlan) -> JSONListReader {
    let mode: JSONListReader.Mode = plan.file.format.kind == .jsonLines ? .lines : .json
    return JSONListReader(source: TextBytes(json), path: plan.listPath, mode: mode)
  }

  private func result(
    _ products: Products, _ run: () throws(Problem) -> MappingOutcome
  ) throws(Problems) -> Result {
    do throws(Problem) {
      let outcome = try run()
      return Result(
        products: products.lines, problems: outcome.problems.map(\.description), outcome: outcome)
    } catch {
      throw Problems([error])
    }
  }

  static func table(_ text: String) -> (header: [String], rows: RowStore) {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
    }
    let rows = RowStore()
    for (index, cells) in lines.dropFirst().enumerated() {
      rows.append(cells: cells, line: index + 2, record: index + 1)
    }
    return (lines[0], rows)
  }
}

/// Keeps every product as a line.
private final class Products: ProductSink {
  private let isAlone: Bool
  var lines: [String] = []

  init(isAlone: Bool) { self.isAlone = isAlone }

  func append(_ product: Bytes, store: Int) {
    lines.append((isAlone ? "" : "\(store): ") + product.text)
  }

  func startOver() { lines = [] }
}

/// A text as a source of bytes, a few at a time.
final class TextBytes: ByteSource {
  private var rest: ArraySlice<UInt8>

  init(_ text: String) { rest = Array(text.utf8)[...] }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    let count = min(buffer.count, rest.count, 1000)
    for index in 0..<count { buffer[index] = rest[rest.startIndex + index] }
    rest = rest.dropFirst(count)
    return count
  }
}

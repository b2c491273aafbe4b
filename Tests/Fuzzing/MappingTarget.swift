import Contract
import JSON
import Records
import RowMapping
import YAML

/// Mappings: those that are compiled are run over odd records and orders.
final class MappingTarget: FuzzTarget {
  static let name = "mapping"
  static let separators = Array("\n:,|{}$ ".utf8)
  static let words = [
    "${", "}", " | ", "''", "'", "'*'", "@posOrderId", "(9223372036854775807)", "(-1)", "('')",
    "('(a+)+b')", "('^(.*?)-')", "kind: products\n", "kind: orders\n", "kind: contract\n",
    "kind: order-status\n", "kind: order-changes\n", "format: json\n", "format: json-lines\n",
    "format: {type: csv, quote: none}\n", "format: name-only\n", "onBadRow: skip\n",
    "stores: [demo]\n", "where: {name: present}\n", "tables: {t: {a: b}}\n",
    "values: {v: '${id}'}\n", "currency: JPY\n", "timeZone: Asia/Tokyo\n",
  ]
  static let fixtures = [
    (folder: "mappings", end: ".yaml"), (folder: "../../Mappings", end: ".yaml"),
  ]
  static let variants = 3

  private let contract: Contract
  private let defaults: MappingDefaults
  private let orders: SampleOrders

  init() throws {
    contract = try Contract.load()
    orders = try SampleOrders()
    defaults = MappingDefaults(
      currency: Currency(code: "SGD")!, zone: Zone(name: "Asia/Singapore", offsetSeconds: 28_800),
      findZone: { $0 == "Asia/Tokyo" ? Zone(name: $0, offsetSeconds: 32_400) : nil },
      readTable: { file throws(Problem) in
        guard file == "backhaus-groups.csv" else {
          throw Problem("no-table", value: file, "there is no such file beside the mapping")
        }
        return [TableWord(key: "1", value: "Bread"), TableWord(key: "2", value: "")]
      })
  }

  func check(_ input: [UInt8], variant: Int) throws {
    guard let node = try? YAML.parse(input, file: "m.yaml") else { return }
    do {
      try run(node, input, OddRecords(node, variant: variant))
    } catch let problems as Problems {
      try expect(!problems.all.isEmpty, "refused without a reason")
      let lines = YAMLTarget.lines(of: input)
      for problem in problems.all where problem.place.file == "m.yaml" {
        try YAMLTarget.judge(problem, lines)
      }
    }
  }

  private func run(_ node: YAMLNode, _ input: [UInt8], _ records: OddRecords) throws {
    let list = ProblemList()
    guard let kind = MappingFile.kind(of: node, problems: list) else {
      throw Problems(list.all)
    }
    switch kind {
    case .contract: _ = try Contract.load(overrides: [("m.yaml", input)])
    case .products:
      let mapping = try ProductMappingReader(contract: contract, defaults: defaults)
        .read(node, name: "m", path: "m.yaml")
      try expectEqual(
        try products(of: mapping, records), try products(of: mapping, records), "made again")
    case .orderStatus:
      let mapping = try StatusMappingReader(contract: contract, defaults: defaults)
        .read(node, name: "m", path: "m.yaml")
      try expectEqual(
        try changes(of: mapping, records), try changes(of: mapping, records), "made again")
    case .orders, .orderChanges:
      let mapping = try OrderMappingReader(contract: contract, defaults: defaults)
        .read(node, name: "m", path: "m.yaml", kind: kind)
      for order in orders.all { try write(order, mapping) }
    }
  }

  /// The products and the problems, as lines.
  private func products(of mapping: ProductMapping, _ records: OddRecords) throws -> [String] {
    let made = MadeLines()
    let isJSON = mapping.file.format.kind == .json || mapping.file.format.kind == .jsonLines
    let mapper: ProductMapper
    do throws(Problems) {
      mapper = try ProductMapper(
        mapping, file: ("menu.csv", "menu.csv"), header: isJSON ? [] : records.header,
        joined: mapping.file.files.dropFirst().map { _ in
          JoinedFile(display: "joined.csv", header: records.header, rows: records.rows)
        }, stores: ["demo", "east"], sink: made, isLenient: true)
    } catch {
      return error.all.map(\.description)
    }
    let outcome: MappingOutcome
    do throws(Problem) {
      try records.feed(mapping.plan, to: mapper)
      outcome = try mapper.finish()
    } catch {
      throw Finding("a mapper ends early: \(error.description)")
    }
    try expectEqual(outcome.products.reduce(0, +), made.lines.count, "products that are counted")
    for line in made.lines { try expect(isObject(line), "no JSON object: \(line)") }
    return made.lines + outcome.problems.map(\.description)
  }

  private func changes(of mapping: StatusMapping, _ records: OddRecords) throws -> [String] {
    let made = MadeLines()
    let isJSON = mapping.file.format.kind == .json || mapping.file.format.kind == .jsonLines
    let mapper: StatusMapper
    do throws(Problems) {
      mapper = try StatusMapper(
        mapping, file: ("day.csv", "day.csv"), header: isJSON ? [] : records.header, sink: made,
        isLenient: true)
    } catch {
      return error.all.map(\.description)
    }
    do throws(Problem) {
      if mapping.file.format.kind == .nameOnly {
        try mapper.takeName()
      } else {
        try records.feed(mapping.plan, to: mapper)
      }
    } catch {
      throw Finding("a mapper ends early: \(error.description)")
    }
    return made.lines + mapper.finish().problems.map(\.description)
  }

  private func write(_ order: SampleOrders.Order, _ mapping: OrderMapping) throws {
    let other = mapping.kind == .orderChanges ? order.document.root : nil
    let sheet: OrderSheet
    do throws(Problem) {
      guard try mapping.takes(order.document.root, order.facts, order: other) else { return }
      sheet = try mapping.sheet(order.document.root, order.facts, order: other)
    } catch {
      return try expect(!error.message.isEmpty, "a problem without a message")
    }
    try judge(sheet, mapping)
  }

  private func judge(_ sheet: OrderSheet, _ mapping: OrderMapping) throws {
    try expect(!sheet.path.isEmpty, "a file without a name")
    for line in sheet.lines {
      try expect(mapping.kinds.indices.contains(line.kind), "a line of no kind")
      try expectEqual(line.cells.count, mapping.kinds[line.kind].count, "cells of a line")
    }
    if mapping.format.type == .json, let json = sheet.json {
      var reference = JSONReference(json)
      try expect(reference.isJSON(), "no JSON: \(String(decoding: json, as: UTF8.self))")
    }
  }

  private func isObject(_ line: String) -> Bool {
    let text = line.drop { $0 != "{" }
    var reference = JSONReference(Array(text.utf8))
    return reference.isJSON()
  }
}

/// Keeps products and changes as lines.
final class MadeLines: ProductSink, ChangeSink {
  private(set) var lines: [String] = []

  func append(_ product: Bytes, store: Int) { lines.append("\(store) \(product.text)") }

  func startOver() { lines = [] }

  func append(_ change: OrderChange) { lines.append("\(change.order) \(change.content)") }
}

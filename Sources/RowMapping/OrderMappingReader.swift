package import Contract
package import Records
import Templates
package import YAML

/// Compiles a mapping of `kind: orders` or `kind: order-changes`, or finds everything that is wrong
/// with it.
package struct OrderMappingReader {
  private let contract: Contract
  private let defaults: MappingDefaults

  package init(contract: Contract, defaults: MappingDefaults) {
    self.contract = contract
    self.defaults = defaults
  }

  /// - Parameters:
  ///   - node: the whole file.
  ///   - name: the file's name without `.yaml`.
  ///   - path: the path as the user knows it.
  ///   - kind: ``MappingFile/Kind/orders`` or ``MappingFile/Kind/orderChanges``.
  package func read(
    _ node: YAMLNode, name: String, path: String, kind: MappingFile.Kind
  ) throws(Problems) -> OrderMapping {
    let problems = ProblemList()
    let section = YAMLSection(node, named: path, problems: problems)
    _ = section.text("kind")
    let reader = SheetReader(
      section: section, contract: contract, defaults: defaults, isChange: kind == .orderChanges,
      problems: problems)
    let format = OrderFormatReader(problems: problems).read(section)
    let parts = reader.parts(format)
    let marker = self.marker(section.text("marker"), problems)
    let tests = OrderTestReader(problems: problems, hasOrder: kind == .orderChanges)
      .read(section.list("tests") ?? [])
    section.finish()
    guard let parts, problems.isEmpty else { throw Problems(problems.all) }
    return OrderMapping(
      name: name, path: path, kind: kind, format: format, marker: marker, tests: tests,
      parts: parts, words: reader.words, orderLevel: reader.orderLevel)
  }

  private func marker(_ text: YAMLText?, _ problems: ProblemList) -> String? {
    guard let text else { return nil }
    let isSafe = text.text.utf8.allSatisfy { byte in
      byte.isDigit || (0x61...0x7A).contains(byte | 0x20) || [0x2E, 0x5F, 0x2D].contains(byte)
    }
    if isSafe, !text.text.isEmpty { return text.text }
    problems.add(
      Problem(
        "marker", at: text.place, value: text.text,
        "marker: is what the marker's name has behind that of the order's file",
        remedy: "Write for example marker: .done, and ORDER.csv is followed by ORDER.csv.done."))
    return nil
  }
}

/// Reads what an order mapping makes of an order.
private struct SheetReader {
  let section: YAMLSection
  let words: OrderWords
  let orderLevel: Int?
  private let isChange: Bool
  private let problems: ProblemList

  init(
    section: YAMLSection, contract: Contract, defaults: MappingDefaults, isChange: Bool,
    problems: ProblemList
  ) {
    self.section = section
    self.isChange = isChange
    self.problems = problems
    var styles = StyleReader(defaults: defaults, problems: problems).read(section)
    styles.isForOutput = true
    let names = NameScope(styles: styles, facts: OrderFacts.words, problems: problems)
    let order = contract.messages["createOrder"]?.fields ?? []
    orderLevel = isChange ? names.open("order", .json) : nil
    words = OrderWords(
      names: names,
      fields: OrderFields(
        isChange ? contract.messages["pushOrderChange"]?.fields ?? [] : order,
        order: orderLevel.map { ($0, order) }))
    let reader = SectionReader(names: names, defaults: defaults, problems: problems)
    reader.tables(section.section("tables"))
    words.define(reader.values(section.section("values")))
  }

  func parts(_ format: OrderFormat) -> OrderMapping.Parts? {
    let conditions = ConditionReader(names: words.names)
    let filter = RecordFilter(
      keep: conditions.read(section.section("where")),
      drop: conditions.read(section.section("unless")))
    let path = section.required("file").flatMap(pathReader.read)
    let records = OrderRecordReader(words: words)
    let read = records.read(nodes(format))
    refuseMixedHeaders(records.columns, format)
    let body = self.body(format)
    words.refuseWaysThroughLists()
    return path.map {
      OrderMapping.Parts(
        filter: filter, outputPath: $0, columns: records.columns, records: read, body: body)
    }
  }

  private var pathReader: OutputPathReader {
    let shared: Set<Contract.Role> = [.accountId, .storeId, .orderChannel, .serviceType]
    return isChange
      ? OutputPathReader(
        words: words, sharedRoles: shared.union([.requestOrderId, .orderStatus, .deliveryStatus]),
        sharedFacts: ["posOrderId", "orderStatus", "flags"], idWord: "requestId")
      : OutputPathReader(
        words: words, sharedRoles: shared, sharedFacts: ["orderStatus", "flags"],
        idWord: "requestOrderId")
  }

  private func nodes(_ format: OrderFormat) -> [YAMLNode] {
    let nodes = section.list("records") ?? []
    if format.type == .json, !nodes.isEmpty {
      problems.add(
        Problem(
          "records", at: section.place(of: "records"), "a JSON file has no lines",
          remedy: "Write body: with the file's keys and values instead of records:."))
      return []
    }
    if format.type == .csv, nodes.isEmpty {
      problems.add(
        Problem(
          "missing-key", at: section.place, "the mapping does not say which lines the file has",
          remedy: "Add records: with at least one record, beginning with "
            + "\"- each: {line: orderProducts}\"."))
    }
    return nodes
  }

  /// A header that belongs to some lines only would stand in the middle of the file.
  private func refuseMixedHeaders(_ kinds: [[OrderSheet.Column]], _ format: OrderFormat) {
    guard format.type == .csv, format.hasHeader, Set(kinds.map { $0.map(\.name) }).count > 1 else {
      return
    }
    problems.add(
      Problem(
        "header", at: section.place(of: "records"),
        "the kinds of line have different columns, and one header cannot stand for all of them",
        remedy: "Write header: none in format:, or give every kind of line the same columns."))
  }

  private func body(_ format: OrderFormat) -> OrderBody.Entry? {
    guard let node = section.node("body") else { return nil }
    if format.type == .json { return OrderBodyReader(words: words).read(node) }
    problems.add(
      Problem(
        "body", at: section.place(of: "body"), "body: belongs to format: json",
        remedy: "Write format: json, or records: instead of body:."))
    return nil
  }
}

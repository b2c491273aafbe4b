import JSON
import Records
import Templates

/// Makes one order's sheet.
struct OrderRenderer {
  private let mapping: OrderMapping
  private let scope: RecordScope

  /// - Parameter order: the order that a change is about; nothing where it is not known any more.
  init(_ mapping: OrderMapping, _ body: JSONValue, _ facts: OrderFacts, order: JSONValue?) {
    self.mapping = mapping
    scope = RecordScope(
      names: mapping.names, values: mapping.values, styles: mapping.styles,
      frameCount: mapping.frameCount, file: (name: "", display: mapping.path))
    scope.frames[0] = .json(body, key: .empty)
    scope.frames[NameScope.factsLevel] = .json(facts.json, key: .empty)
    if let order, let level = mapping.orderLevel { scope.frames[level] = .json(order, key: .empty) }
  }

  func isTaken() throws(Problem) -> Bool {
    do throws(Problem) {
      return try mapping.filter.admits(scope)
    } catch {
      throw error.filled(from: Place(file: mapping.path))
    }
  }

  func sheet() throws(Problem) -> OrderSheet {
    var sheet = OrderSheet(path: try path(), columns: mapping.kinds)
    try add(mapping.records, to: &sheet)
    if mapping.format.type == .template { sheet.values = try values() }
    if mapping.format.type == .json {
      sheet.json = try mapping.body.map { body throws(Problem) in
        try OrderBodyWriter(scope: scope).json(body)
      }
    }
    return sheet
  }

  private func path() throws(Problem) -> [OrderSheet.PathPart] {
    var parts: [OrderSheet.PathPart] = []
    for part in mapping.outputPath.parts {
      let text = try scope.text(part.text).text
      // An id may begin with a point; ``OrderSheet/PathPart`` makes no hidden name of it.
      if text.isEmpty || text.hasPrefix(".") && text == part.text.template.literalText {
        throw Problem(
          "file", at: part.text.template.place, value: text,
          "the order leaves empty what its file's name is made of",
          remedy: "Give a fallback in file:, such as ${… | default(requestOrderId)}."
        ).filled(from: Place(field: scope.name(of: part.text.template)))
      }
      parts.append(OrderSheet.PathPart(text, isLiteral: part.isLiteral))
    }
    return parts
  }

  private func add(_ records: [OrderRecord], to sheet: inout OrderSheet) throws(Problem) {
    for record in records {
      var lines: [OrderSheet.Line] = []
      try scope.forEachLine(record.each, when: record.when, at: record.place) {
        () throws(Problem) in
        if let kind = record.kind {
          var cells: [String] = []
          for cell in record.cells { cells.append(try scope.text(cell).text) }
          lines.append(OrderSheet.Line(kind: kind, cells: cells))
        }
        var inner = OrderSheet(path: [])
        try add(record.records, to: &inner)
        lines += inner.lines
      }
      sheet.lines += lines
    }
  }

  /// The named texts; a list is written with commas.
  private func values() throws(Problem) -> [OrderSheet.Value] {
    var values: [OrderSheet.Value] = []
    for (name, template) in zip(mapping.valueNames, mapping.values) {
      scope.evaluator.startAfresh()
      let value = try scope.placed(template) { () throws(Problem) in
        try scope.evaluator.value(template, in: scope)
      }
      let text =
        switch value {
        case .text(let text): template.pads ? text.text : text.trimmed.text
        case .list(let items): items.map(\.text).joined(separator: ", ")
        }
      values.append(OrderSheet.Value(name: name, text: text))
    }
    return values
  }
}

extension RecordScope {
  /// Runs `body` for each element of the levels, one inside the other, for which the conditions
  /// hold; the first thing that goes wrong ends it.
  func forEachLine(
    _ levels: [EachLevel], when conditions: [Condition], at place: Place,
    _ body: () throws(Problem) -> Void
  ) throws(Problem) {
    var failure: Problem?
    do throws(Problem) {
      try forEach(levels, when: conditions) { fault in
        guard failure == nil else { return }
        do throws(Problem) {
          if let fault { throw fault }
          try body()
        } catch {
          failure = error
        }
      }
    } catch {
      failure = failure ?? error
    }
    if let failure { throw failure.filled(from: place) }
  }
}

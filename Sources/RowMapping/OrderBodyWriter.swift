import JSON
import Records
import Templates

/// Writes `body:` as JSON.
struct OrderBodyWriter {
  let scope: RecordScope
  let output = ByteOutput(capacity: 4096)

  /// - Throws: what keeps a value from being written.
  func json(_ body: OrderBody.Entry) throws(Problem) -> [UInt8] {
    if try !value(body) { output.append("null") }
    return output.bytes.array
  }

  /// Writes a value that may be left out: one whose condition does not hold, or a field that the
  /// order does not have.
  ///
  /// - Returns: whether there was something to write.
  private func value(_ entry: OrderBody.Entry) throws(Problem) -> Bool {
    if entry.when.isEmpty { return try value(entry.body) }
    var isWritten = false
    try scope.forEachLine([], when: entry.when, at: entry.place) { () throws(Problem) in
      isWritten = try value(entry.body)
    }
    return isWritten
  }

  private func value(_ body: OrderBody) throws(Problem) -> Bool {
    switch body {
    case .text(let text): try self.text(text)
    case .constant(let json): output.append(text: json)
    case .field(let slot):
      guard let json = try scope.element(at: slot) else { return false }
      output.append(json.raw)
    case .number(let text): return try number(text)
    case .object(let members): try object(members)
    case .list(let entries): try list(entries)
    }
    return true
  }

  private func text(_ text: OrderText) throws(Problem) {
    if text.keepsEnds { return output.appendJSON(string: try scope.text(text)) }
    scope.evaluator.startAfresh()
    let value = try scope.placed(text.template) { () throws(Problem) in
      try scope.evaluator.value(text.template, in: scope)
    }
    switch value {
    case .text(let text): output.appendJSON(string: text.trimmed)
    case .list(let items):
      output.append("[")
      for (index, item) in items.enumerated() {
        if index > 0 { output.append(",") }
        output.appendJSON(string: item)
      }
      output.append("]")
    }
  }

  private func number(_ text: OrderText) throws(Problem) -> Bool {
    let number = try scope.text(text)
    if number.isEmpty { return false }
    let decimal = try scope.placed(text.template) { () throws(Problem) in
      try scope.styles.numbers.decimal(number)
    }
    output.append(text: decimal.text)
    return true
  }

  private func object(_ members: [OrderBody.Member]) throws(Problem) {
    output.append("{")
    let start = output.count
    for member in members {
      let before = output.count
      if before > start { output.append(",") }
      output.appendJSON(string: member.name)
      output.append(":")
      if try !value(member.entry) { output.truncate(to: before) }
    }
    output.append("}")
  }

  private func list(_ entries: [OrderBody.Entry]) throws(Problem) {
    output.append("[")
    let start = output.count
    for entry in entries {
      try scope.forEachLine(entry.each, when: entry.when, at: entry.place) { () throws(Problem) in
        let before = output.count
        if before > start { output.append(",") }
        if try !value(entry.body) { output.truncate(to: before) }
      }
    }
    output.append("]")
  }
}

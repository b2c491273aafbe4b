package import Records

/// Evaluates templates over bytes.
///
/// What it gives are views: of the row, of a table, or of its own buffers, which are used again
/// after ``startAfresh()``.
package final class Evaluator {
  @exclusivity(unchecked) private var buffers: [ByteOutput] = []
  @exclusivity(unchecked) private var used = 0

  package init() {}

  /// Gives the buffers back; every view that it gave before is void.
  package func startAfresh() { used = 0 }

  /// An empty buffer that holds until ``startAfresh()``.
  package func buffer() -> ByteOutput {
    let place = place()
    return buffers[place]
  }

  /// Where an empty buffer stands.
  private func place() -> Int {
    if used == buffers.count { buffers.append(ByteOutput()) }
    buffers.borrowing(used) { $0.removeAll() }
    used += 1
    return used - 1
  }

  /// - Throws: a problem that names the column alone; also when a list stands where a text is needed.
  package func text(_ template: Template, in scope: any TemplateScope) throws(Problem) -> Bytes {
    if let text = text(of: template.steps, in: scope) { return text }
    return try wholeText(template, in: scope).trimmed
  }

  /// What ``text(_:in:)`` gives, with the spaces at its ends.
  package func wholeText(
    _ template: Template, in scope: any TemplateScope
  ) throws(Problem) -> Bytes {
    if template.parts.count == 1 { return try text(template.parts[0], in: scope) }
    let joined = buffer()
    for part in template.parts { joined.append(try text(part, in: scope)) }
    return joined.bytes
  }

  /// What ``text(_:in:)`` gives, where it is simple.
  ///
  /// - Returns: nothing where there are no steps, or something is wrong.
  package func text(of steps: [Step], in scope: any TemplateScope) -> Bytes? {
    if steps.count == 1 { return text(of: steps[0], in: scope)?.trimmed }
    if steps.isEmpty { return nil }
    let place = place()
    return buffers.borrowing(place, Unmanaged.passUnretained)._withUnsafeGuaranteedRef { joined in
      for step in steps {
        guard let text = text(of: step, in: scope) else { return nil }
        joined.append(text)
      }
      return joined.bytes.trimmed
    }
  }

  private func text(of step: Step, in scope: any TemplateScope) -> Bytes? {
    switch step {
    case .literal(let text): return text
    case .slot(let slot): return text(of: slot, in: scope)
    case .search(let slot, let table):
      guard let text = text(of: slot, in: scope) else { return nil }
      return table._withUnsafeGuaranteedRef { $0.value(for: text) }
    }
  }

  private func text(of slot: Int, in scope: any TemplateScope) -> Bytes? {
    if let cell = scope.cell(of: slot) { return cell }
    guard case .text(let text)? = try? scope.value(of: slot) else { return nil }
    return text
  }

  /// The value of a template, a list where the template is one expression that gives one.
  package func value(_ template: Template, in scope: any TemplateScope) throws(Problem) -> Value {
    if template.parts.count == 1 { return try value(template.parts[0], in: scope) }
    return .text(
      template.pads ? try wholeText(template, in: scope) : try text(template, in: scope))
  }

  private func text(
    _ expression: Expression, in scope: any TemplateScope
  ) throws(Problem) -> Bytes {
    let value = try value(expression, in: scope)
    do throws(Problem) {
      return try single(value)
    } catch {
      throw named(error, expression, in: scope)
    }
  }

  private func value(
    _ expression: Expression, in scope: any TemplateScope
  ) throws(Problem) -> Value {
    do throws(Problem) {
      var value = try operand(expression.operand, in: scope)
      for filter in expression.filters { value = try apply(filter, to: value, in: scope) }
      return value
    } catch {
      throw named(error, expression, in: scope)
    }
  }

  private func named(
    _ problem: Problem, _ expression: Expression, in scope: any TemplateScope
  ) -> Problem {
    guard case .slot(let slot) = expression.operand else { return problem }
    return problem.filled(from: Place(field: scope.name(of: slot)))
  }

  private func operand(_ operand: Operand, in scope: any TemplateScope) throws(Problem) -> Value {
    switch operand {
    case .literal(let text): .text(text.bytes)
    case .slot(let slot): try scope.value(of: slot)
    }
  }

  private func argument(_ operand: Operand, in scope: any TemplateScope) throws(Problem) -> Bytes {
    try single(try self.operand(operand, in: scope))
  }

  private func single(_ value: Value) throws(Problem) -> Bytes {
    switch value {
    case .text(let text): return text
    case .list:
      throw Problem(
        "list", "a list stands where one text is needed",
        remedy: "End the expression with join(\", \"), first or last.")
    }
  }

  private func apply(
    _ filter: Filter, to value: Value, in scope: any TemplateScope
  ) throws(Problem) -> Value {
    switch value {
    case .text(let text): try apply(filter, to: text, in: scope)
    case .list(let items): try apply(filter, toAll: items, in: scope)
    }
  }

  private func apply(
    _ filter: Filter, toAll items: [Bytes], in scope: any TemplateScope
  ) throws(Problem) -> Value {
    switch filter {
    case .first: return .text(items.first ?? .empty)
    case .last: return .text(items.last ?? .empty)
    case .join(let separator):
      return .text(join(items, by: try argument(separator, in: scope)))
    case .default: return .list(items)
    default:
      var results: [Bytes] = []
      for item in items { results.append(try single(try apply(filter, to: item, in: scope))) }
      return .list(results)
    }
  }

  private func apply(
    _ filter: Filter, to text: Bytes, in scope: any TemplateScope
  ) throws(Problem) -> Value {
    // Nothing stays nothing, so that an empty cell is found empty at the end, and no id is made of
    // it; only what is there to fill it does.
    switch filter {
    case .trim: return .text(text.trimmed)
    case .first, .last, .join: return .text(text)
    case .default(let other):
      return text.trimmed.isEmpty ? try operand(other, in: scope) : .text(text)
    case .split(let separator):
      return .list(TextFilters.split(text, by: try argument(separator, in: scope)))
    case .lookup(let table, let fallback):
      return .text(try look(up: text, in: table, fallback, scope))
    case _ where text.isEmpty: return .text(text)
    case .replace(let old, let new):
      let result = buffer()
      TextFilters.replace(
        text, try argument(old, in: scope), by: try argument(new, in: scope), into: result)
      return .text(result.bytes)
    default:
      let result = buffer()
      let isJSON = filter.readsNumber && scope.isNumber(text.trimmed)
      try TextFilters.apply(filter, to: text, isJSON: isJSON, into: result)
      return .text(result.bytes)
    }
  }

  private func look(
    up word: Bytes, in table: LookupTable, _ fallback: Operand?, _ scope: any TemplateScope
  ) throws(Problem) -> Bytes {
    if let found = table.value(for: word) { return found }
    if let fallback { return try argument(fallback, in: scope) }
    if word.isEmpty { return word }
    let near = table.guess(for: word).map { " It has \"\($0)\"." } ?? ""
    throw Problem(
      "lookup", value: word.text, "the table \"\(table.name)\" has no such word",
      remedy: "Add it to the table, or give a fallback: lookup(\(table.name), \"…\").\(near)")
  }

  private func join(_ items: [Bytes], by separator: Bytes) -> Bytes {
    let joined = buffer()
    for item in items where !item.isEmpty {
      if joined.count > 0 { joined.append(separator) }
      joined.append(item)
    }
    return joined.bytes
  }
}

package import Records

/// A text with `${…}` in it, parsed and resolved once.
package final class Template {
  /// As it stands in the mapping.
  package let text: String
  package let place: Place
  /// Texts and expressions, as they follow each other.
  let parts: [Expression]

  /// The text itself, where nothing in it has to be evaluated.
  package let constant: [UInt8]?

  /// The slot whose value it is as that stands; nothing where it is more than `${name}`.
  package let onlySlot: Int?

  /// The parts as simple steps; none where one of them is more.
  package let steps: [Step]

  /// Whether it fills a text up to a width, so that spaces at its ends are meant.
  package let pads: Bool

  /// Whether it is one expression whose last filter writes a number.
  package let isNumber: Bool

  init(text: String, place: Place, parts: [Expression]) {
    self.text = text
    self.place = place
    self.parts = parts
    constant = Template.constant(parts)
    pads = parts.contains { $0.filters.contains(where: \.pads) }
    isNumber = parts.count == 1 && parts[0].filters.last?.isNumber == true
    let steps = parts.compactMap(Step.init)
    self.steps = steps.count == parts.count ? steps : []
    onlySlot = if steps.count == 1, case .slot(let slot) = self.steps.first { slot } else { nil }
  }

  /// A template that is just this text.
  package convenience init(constant: String, place: Place = Place()) {
    self.init(text: constant, place: place, parts: [Expression(.literal(StableText(constant)))])
  }

  /// A template that is just the value of a slot.
  package convenience init(slot: Int, named name: String, place: Place) {
    self.init(text: "${\(name)}", place: place, parts: [Expression(.slot(slot))])
  }

  /// The first slot that it reads without arguments of filters, to name a column in a problem.
  package var firstSlot: Int? {
    parts.lazy.compactMap { if case .slot(let slot) = $0.operand { slot } else { nil } }.first
  }

  /// What it gives where everything that it reads is empty and no filter makes something of that.
  package var literalText: String {
    parts.reduce(into: "") { text, part in
      if case .literal(let literal) = part.operand, part.filters.isEmpty {
        text += literal.bytes.text
      }
    }
  }

  /// Every slot that it reads, in order.
  package var slots: [Int] {
    parts.flatMap { expression in
      let operands = [expression.operand] + expression.filters.flatMap(\.operands)
      return operands.compactMap { if case .slot(let slot) = $0 { slot } else { nil } }
    }
  }

  /// The words that it must end with where it ends with one that stands in the mapping: those of the
  /// table that is looked up last, and the fallbacks behind it.
  package var statedWords: (table: String, words: [TableWord])? {
    guard parts.count == 1 else { return nil }
    var fallbacks: [TableWord] = []
    for filter in parts[0].filters.reversed() {
      switch filter {
      case .default(let fallback): fallbacks += word(fallback)
      case .lookup(let table, let fallback):
        return (table.name, table.words + (fallback.map(word) ?? []) + fallbacks)
      default: return nil
      }
    }
    return nil
  }

  private func word(_ operand: Operand) -> [TableWord] {
    guard case .literal(let text) = operand else { return [] }
    return [TableWord(key: "", value: text.bytes.text, place: place)]
  }

  private static func constant(_ parts: [Expression]) -> [UInt8]? {
    var bytes: [UInt8] = []
    for part in parts {
      guard let literal = part.literal else { return nil }
      bytes += literal.array
    }
    return bytes
  }
}

/// `operand | filter | filter(argument)`.
final class Expression {
  let operand: Operand
  let filters: [Filter]
  /// The text, where it is nothing else.
  var literal: Bytes? {
    if case .literal(let text) = operand, filters.isEmpty { text.bytes } else { nil }
  }

  init(_ operand: Operand, filters: [Filter] = []) {
    self.operand = operand
    self.filters = filters
  }
}

/// A word or a quoted text.
enum Operand {
  case slot(Int)
  case literal(StableText)
}

package import Records

/// Reads a text with `${…}` in it and resolves every word, or reports what is wrong with it.
package struct TemplateCompiler {
  private let names: any TemplateNames

  package init(names: any TemplateNames) {
    self.names = names
  }

  /// - Parameters:
  ///   - text: as it stands in the mapping.
  ///   - place: where it stands there.
  /// - Returns: nothing after having reported every problem.
  package func compile(_ text: String, at place: Place) -> Template? {
    var parts: [Expression] = []
    var rest = Substring(text)
    while let open = rest.firstRange(of: "${") {
      append(rest[..<open.lowerBound], to: &parts)
      var scanner = ExpressionScanner(rest[open.upperBound...])
      guard let parsed = parse(&scanner, place), let expression = resolve(parsed, at: place) else {
        return nil
      }
      parts.append(expression)
      rest = scanner.rest
    }
    append(rest, to: &parts)
    return Template(text: text, place: place, parts: parts)
  }

  private func append(_ literal: Substring, to parts: inout [Expression]) {
    if !literal.isEmpty { parts.append(Expression(.literal(StableText(String(literal))))) }
  }

  private func parse(_ scanner: inout ExpressionScanner, _ place: Place) -> ParsedExpression? {
    do {
      return try scanner.expression()
    } catch {
      names.report(
        Problem("template", at: place, value: scanner.whole, error.message, remedy: error.remedy))
      return nil
    }
  }

  private func resolve(_ parsed: ParsedExpression, at place: Place) -> Expression? {
    guard let operand = resolve(parsed.operand, at: place) else { return nil }
    var filters: [Filter] = []
    for call in parsed.filters {
      guard let filter = resolve(call, at: place) else { return nil }
      filters.append(filter)
    }
    return Expression(operand, filters: filters)
  }

  private func resolve(_ word: ParsedWord, at place: Place) -> Operand? {
    switch word {
    case .quoted(let text): .literal(StableText(text.unescaped))
    case .bare(let name): names.slot(of: name, at: place).map { .slot($0) }
    }
  }

  private func resolve(_ call: ParsedCall, at place: Place) -> Filter? {
    guard let arity = Filter.arities[call.name] else {
      if call.name.isEmpty {
        return refuse(
          "template", place, "|", "no filter stands behind the |",
          "An expression reads ${column | filter | filter(argument, …)}.")
      }
      return refuse(
        "unknown-filter", place, call.name, "there is no filter of this name",
        suggestion(for: call.name, among: Filter.arities.keys.sorted())
          .orElse("The filters are: \(Filter.arities.keys.sorted().joined(separator: ", "))."))
    }
    guard arity.contains(call.arguments.count) else {
      return refuse(
        "filter-arguments", place, call.name,
        "the filter takes \(inWords(arity)) and has \(call.arguments.count)",
        "Arguments stand in parentheses with commas between them: replace(\"a\", \"b\").")
    }
    return call.arguments.isEmpty ? plain(call.name) : build(call, at: place)
  }

  private func inWords(_ arity: ClosedRange<Int>) -> String {
    switch (arity.lowerBound, arity.upperBound) {
    case (0, 0): "no argument"
    case (1, 1): "1 argument"
    case (let least, let most) where least == most: "\(most) arguments"
    case (let least, let most): "\(least) or \(most) arguments"
    }
  }

  private func plain(_ name: String) -> Filter? {
    switch name {
    case "trim": .trim
    case "upper": .upper
    case "lower": .lower
    case "title": .title
    case "first": .first
    case "last": .last
    case "slug": .slug
    case "hash": .hash
    case "plainText": .plainText
    case "number": .number(names.styles.numbers)
    case "money": .money(names.styles.numbers, names.styles.currency)
    case "join": .join(.literal(StableText("")))
    case "date": .date(names.styles.dates)
    default: nil
    }
  }

  private func build(_ call: ParsedCall, at place: Place) -> Filter? {
    let arguments = call.arguments
    switch call.name {
    case "lookup": return lookup(arguments, at: place)
    case "match": return pattern(arguments[0].text, at: place)
    case "truncate": return length(call, at: place).map { .truncate($0) }
    case "pad", "padLeft": return padding(call, at: place)
    case "date": return date(arguments[0].text, at: place)
    default:
      let operands = arguments.compactMap { resolve($0, at: place) }
      guard operands.count == arguments.count else { return nil }
      switch call.name {
      case "default": return .default(operands[0])
      case "replace": return .replace(operands[0], operands[1])
      case "split": return .split(operands[0])
      default: return .join(operands[0])
      }
    }
  }

  private func date(_ pattern: String, at place: Place) -> Filter? {
    let style = names.styles.dates
    return DateStyle.Pattern(pattern, isForOutput: style.isForOutput).map {
      .date(style.with(pattern: $0))
    }
      ?? refuse(
        "date-pattern", place, pattern,
        DateStyle.Pattern.rule(isForOutput: style.isForOutput), "")
  }

  private func lookup(_ arguments: [ParsedWord], at place: Place) -> Filter? {
    guard let table = names.table(named: arguments[0].text, at: place) else { return nil }
    guard arguments.count == 2 else { return .lookup(table, fallback: nil) }
    return resolve(arguments[1], at: place).map { .lookup(table, fallback: $0) }
  }

  private func pattern(_ text: String, at place: Place) -> Filter? {
    do throws(PatternFault) {
      return .match(try Pattern(text))
    } catch {
      return refuse(
        "regular-expression", place, text, "in this regular expression \(error.message)",
        error.remedy.orElse(
          "A text that says order-123 is matched by match(\"order-(\\d+)\")."))
    }
  }

  private func length(_ call: ParsedCall, at place: Place) -> Int? {
    if let length = Int(call.arguments[0].text), length > 0, length <= 100_000 { return length }
    return refuse(
      "filter-arguments", place, call.arguments[0].text,
      "\(call.name) takes a whole number from 1 to 100000", "")
  }

  private func padding(_ call: ParsedCall, at place: Place) -> Filter? {
    guard let width = length(call, at: place) else { return nil }
    let fill = call.arguments.count == 2 ? [UInt8](call.arguments[1].text.utf8) : [0x20]
    guard fill.count == 1, fill[0] < 0x80 else {
      return refuse(
        "filter-arguments", place, call.arguments[1].text,
        "\(call.name) fills with one ASCII character", "")
    }
    return .pad(width, fill[0], left: call.name == "padLeft")
  }

  private func refuse<Result>(
    _ code: String, _ place: Place, _ value: String, _ message: String, _ remedy: String
  ) -> Result? {
    names.report(Problem(code, at: place, value: value, message, remedy: remedy))
    return nil
  }
}

extension String {
  /// With `\n`, `\t` and `\\` read.
  fileprivate var unescaped: String {
    guard contains("\\") else { return self }
    var text = ""
    var iterator = makeIterator()
    while let character = iterator.next() {
      guard character == "\\", let escaped = iterator.next() else {
        text.append(character)
        continue
      }
      switch escaped {
      case "n": text.append("\n")
      case "t": text.append("\t")
      case "\\": text.append("\\")
      default: text += "\\\(escaped)"
      }
    }
    return text
  }
}

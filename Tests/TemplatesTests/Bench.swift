import Records
import Templates

/// Compiles a template over made-up columns and evaluates it, as a mapping would.
final class Bench: TemplateNames, TemplateScope {
  var styles = Styles(
    numbers: NumberStyle(), currency: currency("SGD"), dates: DateStyle(zone: .utc))
  private(set) var problems: [Problem] = []
  private let names: [String]
  private let cells: [StableText]
  private let lists: [String: [StableText]]
  private let tables: [String: LookupTable]
  let evaluator = Evaluator()

  init(
    _ columns: KeyValuePairs<String, String> = [:], lists: [String: [String]] = [:],
    tables: [String: KeyValuePairs<String, String>] = [:]
  ) {
    names = columns.map(\.key) + lists.keys.sorted()
    cells = columns.map { StableText($0.value) }
    self.lists = lists.mapValues { $0.map(StableText.init) }
    self.tables = Dictionary(
      uniqueKeysWithValues: tables.map { name, pairs in
        (
          name,
          LookupTable(name: name, words: pairs.map { TableWord(key: $0.key, value: $0.value) })
        )
      })
  }

  func slot(of name: String, at place: Place) -> Int? {
    if let slot = names.firstIndex(of: name) { return slot }
    report(Problem("unknown-name", at: place, value: name, "there is no such column"))
    return nil
  }

  func table(named name: String, at place: Place) -> LookupTable? {
    if let table = tables[name] { return table }
    report(Problem("unknown-table", at: place, value: name, "there is no such table"))
    return nil
  }

  func report(_ problem: Problem) { problems.append(problem) }

  func cell(of slot: Int) -> Bytes? { nil }

  func value(of slot: Int) throws(Problem) -> Value {
    slot < cells.count ? .text(cells[slot].bytes) : .list(lists[names[slot]]!.map(\.bytes))
  }

  func name(of slot: Int) -> String { names[slot] }

  func compile(_ text: String) -> Template? {
    TemplateCompiler(names: self).compile(text, at: Place(file: "m.yaml", line: 3, column: 9))
  }

  /// What the template gives, or the description of what is wrong.
  func text(_ template: String) -> String {
    guard let compiled = compile(template) else {
      return problems.map(\.description).joined(separator: "\n")
    }
    do throws(Problem) {
      return try evaluator.text(compiled, in: self).text
    } catch {
      return error.description
    }
  }

  func value(_ template: String) -> [String] {
    guard let compiled = compile(template),
      let value = try? evaluator.value(compiled, in: self)
    else { return ["(a problem)"] }
    switch value {
    case .text(let text): return [text.text]
    case .list(let items): return items.map(\.text)
    }
  }
}

func currency(_ code: String) -> Currency { Currency(code: code)! }

/// Runs a reader over a text and gives what it found, or its problem in words.
func reading(
  _ text: String, _ read: (Bytes) throws(Problem) -> String
) -> String {
  Bytes.withBytes(of: text) { bytes in
    do throws(Problem) {
      return try read(bytes)
    } catch {
      return error.description
    }
  }
}

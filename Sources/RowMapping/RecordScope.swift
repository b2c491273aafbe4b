import JSON
import Records
import Templates

/// What the slots of a mapping hold at this moment: the row, and the levels that are open above
/// the template that is being evaluated.
final class RecordScope: TemplateScope {
  enum Frame {
    case none
    case row(Row)
    case column(ColumnBinding.Match)
    case json(JSONValue, key: Bytes)
  }

  let evaluator = Evaluator()
  let styles: Styles
  /// Of ``styles``.
  private let isForOutput: Bool
  let joinedRows: [RowStore]
  private let names: NameTable
  private let values: [Template]
  private let displayName: String
  private let fileName: StableText
  private let binding: ColumnBinding
  private let joined: [ColumnBinding]
  private let inherits: [Bool]
  private let paths: [[StableText]]
  /// The column of the mapping that a slot reads; -1 where it reads something else.
  private let columns: [Int]
  var frames: [Frame]
  /// Where each column of the mapping stands in the row; -1 where nowhere.
  @exclusivity(unchecked) private var positions: [Int]
  /// Whose positions these are.
  @exclusivity(unchecked) private var pass: ObjectIdentifier?
  /// The row that columns are read from; in a JSON export there is none.
  @exclusivity(unchecked) var row: Row?
  /// The rows of the same item, in which a row finds what it leaves empty.
  @exclusivity(unchecked) var group: RowGroup?
  /// Where the record of a JSON export begins, and its number.
  var element = (line: 0, record: 0)
  /// Which paths of a JSON export were looked for and found.
  var sightings: PathSightings
  /// Whether a text that was read since somebody set it back holds more than plain characters, so
  /// that it depends on the field what stays of it.
  @exclusivity(unchecked) var sawOddText = false
  /// The number of a JSON export that was read last; a text that was read after it makes it `nil`.
  private var number: Bytes?
  /// The names of the elements of objects that are being walked, outermost first.
  private var keys: [ByteOutput] = []
  private var keyDepth = 0

  /// - Parameters:
  ///   - names: every slot, and `values` what the named ones hold.
  ///   - frameCount: how many levels may be open at once, the row included.
  ///   - inherited: columns of the mapping that a row may take from its group.
  ///   - file: as templates see it (`file.name`) and as the user knows it.
  init(
    names: NameTable, values: [Template], styles: Styles, frameCount: Int,
    file: (name: String, display: String),
    binding: ColumnBinding = ColumnBinding(header: [], columns: []),
    joined: [(binding: ColumnBinding, rows: RowStore)] = [], inherited: [Int] = []
  ) {
    self.names = names
    self.values = values
    self.styles = styles
    isForOutput = styles.isForOutput
    self.binding = binding
    self.joined = joined.map(\.binding)
    displayName = file.display
    fileName = StableText(file.name)
    joinedRows = joined.map(\.rows)
    positions = binding.positions(following: nil)
    paths = names.references.map { reference in
      if case .json(_, let path) = reference { path.map(StableText.init) } else { [] }
    }
    columns = names.references.map { if case .column(let column) = $0 { column } else { -1 } }
    frames = Array(repeating: .none, count: frameCount)
    sightings = PathSightings(slots: paths.count, levels: frameCount)
    inherits = binding.columns.indices.map(inherited.contains)
  }

  convenience init(
    _ plan: RecordPlan, file: (name: String, display: String), binding: ColumnBinding,
    joined: [(binding: ColumnBinding, rows: RowStore)] = []
  ) {
    let inherited = if case .grouped(_, let columns) = plan.rows { columns } else { [Int]() }
    self.init(
      names: plan.names, values: plan.values, styles: plan.file.styles,
      frameCount: plan.frameCount, file: file, binding: binding, joined: joined,
      inherited: inherited)
  }

  /// Where the record stands that is being read; of a file that is nothing but its name, nowhere.
  var place: Place {
    Place(
      file: displayName, line: line > 0 ? line : nil, record: record > 0 ? record : nil)
  }

  var line: Int { row?.line ?? element.line }

  var record: Int { row?.record ?? element.record }

  /// Finds columns where they stand for a store from now on.
  func look(through pass: StorePass) {
    let identity = ObjectIdentifier(pass)
    guard identity != self.pass else { return }
    (self.pass, positions) = (identity, pass.positions)
  }

  /// The columns that a pattern matched.
  func matches(of column: Int) -> [ColumnBinding.Match] { binding.matches(of: column) }

  func value(of slot: Int) throws(Problem) -> Value {
    if let cell = cell(of: slot) { return .text(cell) }
    switch names.references[slot] {
    case .column(let column): return .text(cell(column))
    case .joined(let level, let file, let column):
      guard case .row(let row) = frames[level],
        case .one(let index) = joined[file].columns[column]
      else { return .text(.empty) }
      return .text(clean(row[index]))
    case .match(let level):
      guard case .column(let match) = frames[level] else { return .text(.empty) }
      return .text(match.word.bytes)
    case .cell(let level):
      guard case .column(let match) = frames[level], let row else { return .text(.empty) }
      return .text(clean(row[match.column]))
    case .json(let level, _): return try json(level, slot)
    case .key(let level):
      guard case .json(_, let key) = frames[level] else { return .text(.empty) }
      number = nil
      return .text(clean(text: key))
    case .value(let index): return try evaluator.value(values[index], in: self)
    case .fileName: return .text(fileName.bytes)
    }
  }

  /// The cell that a slot reads; nothing where it reads something else than a column of the row.
  @inline(__always) func cell(of slot: Int) -> Bytes? {
    columns[slot] >= 0 ? cell(columns[slot]) : nil
  }

  private func cell(_ column: Int) -> Bytes {
    let index = positions[column]
    guard let row, index >= 0 else { return .empty }
    let text = clean(row[index])
    guard text.isEmpty, inherits[column], let group else { return text }
    return clean(group.inherited(index))
  }
}

/// What a cell or text holds, without what nobody sees.
extension RecordScope {
  /// A cell as everybody uses it.
  @inline(__always) private func clean(_ cell: Bytes) -> Bytes {
    let text = cell.trimmed
    return CleanText.isClean(text, keeping: .nothing) && !SpreadsheetText.isMarked(text)
      ? text : cleaned(text)
  }

  @inline(never) private func cleaned(_ cell: Bytes) -> Bytes {
    var text = cell
    if let content = SpreadsheetText.content(of: cell) { text = kept(content) }
    return clean(text: text)
  }

  /// A text of a JSON export, which no spreadsheet wrote.
  private func clean(text: Bytes) -> Bytes {
    if CleanText.isClean(text, keeping: .nothing) { return text.trimmed }
    sawOddText = true
    return CleanText.cleaned(text, keeping: .all).map(kept) ?? text.trimmed
  }

  /// A value as the file has it, where it is a whole cell: what nobody sees in it may be the fault.
  func original(of value: String, in slot: Int) -> String {
    guard columns[slot] >= 0, let row, positions[columns[slot]] >= 0 else { return value }
    let cell = row[positions[columns[slot]]].text
    return CleanText.cleaned(cell, keeping: .nothing) == value ? cell : value
  }

  /// The text as ids, keys and whatever is compared have it.
  func key(_ text: Bytes) -> Bytes { cleaned(text, keeping: .nothing) }

  func cleaned(_ text: Bytes, keeping: CleanText.Keeping) -> Bytes {
    CleanText.cleaned(text, keeping: keeping).map(kept) ?? text
  }

  private func kept(_ text: String) -> Bytes {
    let output = evaluator.buffer()
    output.append(text: text)
    return output.bytes
  }
}

/// Names for messages.
extension RecordScope {
  func name(of slot: Int) -> String {
    switch names.references[slot] {
    case .column(let column) where positions[column] >= 0: return binding.header[positions[column]]
    case .cell(let level):
      if case .column(let match) = frames[level] { return binding.header[match.column] }
    case .value(let index):
      if let inner = values[index].firstSlot { return name(of: inner) }
    default: break
    }
    return names.words[slot]
  }

  /// The column or field that a template reads first; nothing where it reads none.
  func name(of template: Template) -> String? { template.firstSlot.map(name) }
}

/// Values of a JSON export.
extension RecordScope {
  private func json(_ level: Int, _ slot: Int) throws(Problem) -> Value {
    guard case .json(var value, _) = frames[level] else { return .text(.empty) }
    sightings.look(slot: slot)
    for key in paths[slot] {
      guard let next = try value.member(key.bytes) else { return .text(.empty) }
      value = next
    }
    sightings.find(slot: slot)
    return try text(value)
  }

  /// Whether a text is a number of the export, as it stands there.
  func isNumber(_ text: Bytes) -> Bool {
    number.map { $0.start == text.start && $0.count == text.count } ?? false
  }

  /// What stands where a slot leads to; `nil` where nothing does, or it reads no JSON.
  ///
  /// - Throws: a problem where something else than an object stands on the way.
  func element(at slot: Int) throws(Problem) -> JSONValue? {
    guard case .json(let level, _) = names.references[slot],
      case .json(var value, _) = frames[level]
    else { return nil }
    for key in paths[slot] {
      guard let next = try value.member(key.bytes) else { return nil }
      value = next
    }
    return value
  }

  /// Whether an object that a slot reads has something in it; a list of objects or lists has.
  /// Nothing for texts and lists of texts.
  func holdsNested(in slot: Int) throws(Problem) -> Bool? {
    guard let value = try element(at: slot) else { return nil }
    sightings.look(slot: slot)
    sightings.find(slot: slot)
    if value.kind == .object { return value.count > 0 }
    return value.elements.contains { $0.kind == .object || $0.kind == .array } ? true : nil
  }

  private func text(_ json: JSONValue) throws(Problem) -> Value {
    if isForOutput, let written = written(json) { return .text(written) }
    switch json.kind {
    case .object:
      throw Problem(
        "nested", value: json.shown, "an object stands where a text is needed",
        remedy: "Name the field inside it, as in ${item.price.value}.")
    case .array:
      var items: [Bytes] = []
      var elements = json.elements
      while let element = elements.next() {
        guard case .text(let text) = try text(element) else {
          throw Problem("nested", value: json.shown, "a list stands in a list of texts")
        }
        items.append(text)
      }
      return .list(items)
    case .null: return .text(.empty)
    case .bool: return .text(json.raw)
    case .number:
      number = json.raw
      return .text(json.raw)
    case .string:
      number = nil
      return .text(clean(text: string(json)))
    }
  }

  /// A view of the file where nothing is escaped.
  private func string(_ json: JSONValue) -> Bytes {
    let raw = json.raw
    if raw.firstIndex(of: 0x5C) == nil { return raw.slice(1, raw.count - 1) }
    let output = evaluator.buffer()
    json.appendText(to: output)
    return output.bytes
  }

  /// Runs `body` with a copy of a key that holds while the levels below it are walked.
  func holding(
    _ key: Bytes, _ body: (Bytes) throws(Problem) -> Void
  ) throws(Problem) {
    if keyDepth == keys.count { keys.append(ByteOutput()) }
    let copy = keys[keyDepth]
    copy.removeAll()
    copy.append(key)
    keyDepth += 1
    defer { keyDepth -= 1 }
    try body(copy.bytes)
  }
}

package import Contract
package import JSON
package import Records
import Templates

/// A mapping of `kind: orders` or `kind: order-changes`, compiled: what D-Store sent becomes a sheet
/// for the POS.
package final class OrderMapping {
  /// The file's name without `.yaml`.
  package let name: String
  /// The path as the user knows it.
  package let path: String
  /// ``MappingFile/Kind/orders`` or ``MappingFile/Kind/orderChanges``.
  package let kind: MappingFile.Kind
  package let format: OrderFormat
  /// What the name of the empty file ends with that says that the order's file is whole; nothing
  /// where the POS waits for none.
  package let marker: String?
  package let tests: [OrderTest]
  /// Words that lead to fields that the contract does not name; for `check` to show.
  package let notes: [Problem]
  /// Fields of the contract that the mapping reads, for `check`.
  package let fieldsInUse: [Contract.Field]
  let styles: Styles
  let names: NameTable
  let frameCount: Int
  /// The level of the order that a change is about.
  let orderLevel: Int?
  /// What `values:` names, in its order.
  package let valueNames: [String]
  let values: [Template]
  let filter: RecordFilter
  let outputPath: OutputPath
  /// The columns of each kind of line.
  package let kinds: [[OrderSheet.Column]]
  let records: [OrderRecord]
  let body: OrderBody.Entry?

  init(
    name: String, path: String, kind: MappingFile.Kind, format: OrderFormat, marker: String?,
    tests: [OrderTest], parts: Parts, words: OrderWords, orderLevel: Int?
  ) {
    self.name = name
    self.path = path
    self.kind = kind
    self.format = format
    self.marker = marker
    self.tests = tests
    self.orderLevel = orderLevel
    notes = words.notes
    fieldsInUse = words.fieldsInUse
    styles = words.names.styles
    names = words.names.table
    frameCount = words.names.frameCount
    values = words.values
    valueNames = words.names.values.sorted { $0.value < $1.value }.map(\.key)
    filter = parts.filter
    outputPath = parts.outputPath
    kinds = parts.columns
    records = parts.records
    body = parts.body
  }

  /// What templates were read into.
  struct Parts {
    let filter: RecordFilter
    let outputPath: OutputPath
    let columns: [[OrderSheet.Column]]
    let records: [OrderRecord]
    let body: OrderBody.Entry?
  }

  /// The folder below the outbox that must be there already, because the POS looks into it; empty
  /// where it is the outbox itself. Folders below it are made as orders name them.
  package var fixedFolder: String { outputPath.fixedFolder }

  /// Whether the order's JSON is written as it came: `format: json` without `body:`.
  package var isUntouched: Bool { format.type == .json && body == nil }

  /// Whether the mapping is for this order: `where` and `unless`.
  ///
  /// - Parameter order: the order that a change is about; nothing where it is not known any more.
  /// - Throws: why it cannot be told, with the mapping's place and the field.
  package func takes(
    _ body: JSONValue, _ facts: OrderFacts, order: JSONValue? = nil
  ) throws(Problem) -> Bool {
    try OrderRenderer(self, body, facts, order: order).isTaken()
  }

  /// What the order becomes.
  ///
  /// - Parameter order: the order that a change is about; nothing where it is not known any more.
  /// - Throws: the first thing that keeps it from being written, with the mapping's place and the
  ///   field.
  package func sheet(
    _ body: JSONValue, _ facts: OrderFacts, order: JSONValue? = nil
  ) throws(Problem) -> OrderSheet {
    var sheet = try OrderRenderer(self, body, facts, order: order).sheet()
    if isUntouched { sheet.json = body.raw.array }
    return sheet
  }
}

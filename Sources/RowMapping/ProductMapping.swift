package import Contract
import Records
import Templates

/// A mapping of `kind: products`, compiled.
///
/// A mapping file goes through these stages, each in a file of its own:
///
/// 1. ``MappingFile`` reads what every kind of mapping says: files, format, numbers, dates.
/// 2. ``ProductMappingReader`` reads the rest; ``NameScope`` resolves each word of a template to a
///    slot, ``ProductTemplateReader`` lays the templates out as fields of the contract.
/// 3. ``ColumnBinding`` finds the columns in the header of one export.
/// 4. ``ProductMapper`` takes row after row; ``ProductWriter`` writes each product as JSON, and
///    ``ProductSet`` keeps one of each.
package final class ProductMapping {
  package let file: MappingFile
  let names: NameTable
  /// How many levels may be open at once, the row included.
  let frameCount: Int
  let columns: [ColumnDefinition]
  /// The columns of the files that belong to the main one, by the file's place in `files`.
  let joined: [[ColumnDefinition]]
  /// The JSON lists that levels walk, as the mapping writes them, by level.
  let lists: [Int: String]
  let values: [Template]
  let rows: RowShape
  let keep: [Condition]
  let drop: [Condition]
  let stores: StorePlan
  let templates: [ProductTemplate]
  /// D-Store's field list that the templates were laid out by.
  let layout: ProductLayout
  package let badRows: BadRowPolicy
  /// The share of the last accepted products, in percent, that may go or become unavailable.
  package let maxDrop: Double
  /// Mappings that name the same catalogue make one store's products together.
  package let catalogue: String?
  package let tests: [MappingTest]
  /// Fields of the contract that the templates fill, for `check`.
  package let fieldsInUse: [Contract.Field]

  init(
    file: MappingFile, names: NameTable, frameCount: Int, columns: [ColumnDefinition],
    joined: [[ColumnDefinition]], lists: [Int: String], values: [Template], rows: RowShape,
    keep: [Condition], drop: [Condition], stores: StorePlan, templates: [ProductTemplate],
    layout: ProductLayout, badRows: BadRowPolicy, maxDrop: Double, catalogue: String?,
    tests: [MappingTest], fieldsInUse: [Contract.Field]
  ) {
    self.file = file
    self.names = names
    self.frameCount = frameCount
    self.columns = columns
    self.joined = joined
    self.lists = lists
    self.values = values
    self.rows = rows
    self.keep = keep
    self.drop = drop
    self.stores = stores
    self.templates = templates
    self.layout = layout
    self.badRows = badRows
    self.maxDrop = maxDrop
    self.catalogue = catalogue
    self.tests = tests
    self.fieldsInUse = fieldsInUse
  }

  /// Where the list stands that a JSON export is read by, as keys from the root; `*` walks an
  /// object keyed by name.
  package var listPath: [String] {
    if case .nested(let levels) = rows { levels[0].path } else { [] }
  }

  /// Whether a template reads fields of the root, which may stand behind the list.
  package var readsRoot: Bool { names.readsRoot }

  /// The headers that the main file must have, each with its aliases; to find the header line.
  package var wantedHeaders: [[String]] { columns.filter { !$0.isOptional }.map(\.headers) }
}

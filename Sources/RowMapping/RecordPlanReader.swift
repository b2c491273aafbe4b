import Records
import Templates
import YAML

/// Reads what every mapping of exports says about records, in two steps: first what templates may
/// name, then, once they are compiled, the plan with all that they named.
struct RecordPlanReader {
  let names: NameScope
  private let file: MappingFile
  private let sections: SectionReader
  private let rows: RowShape
  private let values: [Template]
  private let filter: RecordFilter

  /// - Parameter groupsRows: whether the rows of a table may belong together.
  init(
    _ section: YAMLSection, _ file: MappingFile, defaults: MappingDefaults, groupsRows: Bool
  ) {
    self.file = file
    let isJSON = file.format.kind.isJSON
    names = NameScope(
      styles: file.styles, isJSON: isJSON, files: file.files.compactMap(\.alias),
      problems: section.problems)
    sections = SectionReader(names: names, defaults: defaults, problems: section.problems)
    let shapes = RowShapeReader(
      names: names, format: file.format.kind, problems: section.problems, mapping: section.place)
    sections.tables(section.section("tables"))
    let levels = isJSON ? shapes.levels(section.section("rows")) : []
    sections.columns(section.section("columns"), isJSON: isJSON)
    values = sections.values(section.section("values"))
    if isJSON {
      rows = .nested(levels)
    } else {
      rows = groupsRows ? shapes.groups(section.section("rows")) : .single
    }
    let conditions = ConditionReader(names: names)
    filter = RecordFilter(
      keep: conditions.read(section.section("where")),
      drop: conditions.read(section.section("unless")))
  }

  var isGrouped: Bool { if case .grouped = rows { true } else { false } }

  func badRows(_ section: YAMLSection) -> BadRowPolicy { sections.badRows(section) }

  func guardShare(_ section: YAMLSection?) -> Double { sections.guardShare(section) }

  /// The plan; to be asked for when every template is compiled.
  func plan() -> RecordPlan {
    RecordPlan(
      file: file, names: names.table, frameCount: names.frameCount, columns: names.columns,
      joined: names.joined, lists: names.lists, values: values, rows: rows, filter: filter)
  }
}

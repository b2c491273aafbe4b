package import Contract
package import Records
import Templates
package import YAML

/// Compiles a mapping of `kind: products`, or finds everything that is wrong with it.
package struct ProductMappingReader {
  private let contract: Contract
  private let defaults: MappingDefaults

  package init(contract: Contract, defaults: MappingDefaults) {
    self.contract = contract
    self.defaults = defaults
  }

  /// - Parameters:
  ///   - node: the whole file.
  ///   - name: the file's name without `.yaml`.
  ///   - path: the path as the user knows it.
  package func read(
    _ node: YAMLNode, name: String, path: String
  ) throws(Problems) -> ProductMapping {
    let problems = ProblemList()
    let section = YAMLSection(node, named: path, problems: problems)
    let file = MappingFile.read(
      section, name: name, path: path, defaults: defaults, problems: problems)
    var mapping: ProductMapping?
    do throws(Problem) {
      mapping = try read(section, file, ProductLayout(contract), problems)
    } catch {
      problems.add(error)
    }
    guard let mapping, problems.isEmpty else { throw Problems(problems.all) }
    return mapping
  }

  private func read(
    _ section: YAMLSection, _ file: MappingFile, _ layout: ProductLayout, _ problems: ProblemList
  ) throws(Problem) -> ProductMapping {
    let isJSON = file.format.kind != .csv
    let names = NameScope(
      styles: file.styles, isJSON: isJSON, files: file.files.compactMap(\.alias),
      problems: problems)
    let readers = SectionReader(names: names, defaults: defaults, problems: problems)
    let shapes = RowShapeReader(
      names: names, format: file.format.kind, problems: problems, mapping: section.place)
    readers.tables(section.section("tables"))
    let levels = isJSON ? shapes.levels(section.section("rows")) : []
    readers.columns(section.section("columns"), isJSON: isJSON)
    let values = readers.values(section.section("values"))
    let rows =
      isJSON
      ? RowShape.nested(levels) : shapes.groups(section.section("rows"))
    let stores = StoreReader(names: names, problems: problems).read(section)
    let conditions = ConditionReader(names: names)
    let keep = conditions.read(section.section("where"))
    let drop = conditions.read(section.section("unless"))
    let templates = products(section, names, layout, rows)
    let mapping = ProductMapping(
      file: file, names: names.table, frameCount: names.frameCount, columns: names.columns,
      joined: names.joined, lists: names.lists, values: values, rows: rows, keep: keep, drop: drop,
      stores: stores,
      templates: templates, layout: layout, badRows: readers.badRows(section),
      maxDrop: readers.guardShare(section.section("guard")),
      catalogue: section.text("catalogue")?.text,
      tests: MappingTestReader(problems: problems).read(section.list("tests") ?? []),
      fieldsInUse: Self.fields(of: templates))
    section.finish()
    return mapping
  }

  private func products(
    _ section: YAMLSection, _ names: NameScope, _ layout: ProductLayout, _ rows: RowShape
  ) -> [ProductTemplate] {
    guard let nodes = section.list("products"), !nodes.isEmpty else {
      names.report(
        Problem(
          "missing-key", at: section.place, "the mapping makes no products",
          remedy: "Add products: with at least one template, beginning with \"- type: SINGLE\"."))
      return []
    }
    let isGrouped = if case .grouped = rows { true } else { false }
    let reader = ProductTemplateReader(names: names, layout: layout, isGrouped: isGrouped)
    return nodes.map { reader.read($0, fields: layout.fields) }
  }

  private static func fields(of templates: [ProductTemplate]) -> [Contract.Field] {
    var seen: Set<String> = []
    var fields: [Contract.Field] = []
    func visit(_ plans: [FieldPlan]) {
      for plan in plans {
        if seen.insert(plan.field.path).inserted { fields.append(plan.field) }
        switch plan.content {
        case .object(let inner): visit(inner)
        case .templates(let templates): for template in templates { visit(template.fields) }
        default: break
        }
      }
    }
    for template in templates { visit(template.fields) }
    return fields
  }
}

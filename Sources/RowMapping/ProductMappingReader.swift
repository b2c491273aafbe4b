package import Contract
package import Records
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
    let records = RecordPlanReader(section, file, defaults: defaults, groupsRows: true)
    let stores = StoreReader(names: records.names, problems: problems).read(section)
    let templates = products(section, records, layout)
    let mapping = ProductMapping(
      plan: records.plan(), stores: stores, templates: templates, layout: layout,
      badRows: records.badRows(section), maxDrop: records.guardShare(section.section("guard")),
      catalogue: section.text("catalogue")?.text,
      tests: MappingTestReader(problems: problems).read(section.list("tests") ?? []),
      fieldsInUse: ProductTemplate.fieldsInUse(by: templates))
    section.finish()
    return mapping
  }

  private func products(
    _ section: YAMLSection, _ records: RecordPlanReader, _ layout: ProductLayout
  ) -> [ProductTemplate] {
    guard let nodes = section.list("products"), !nodes.isEmpty else {
      section.problems.add(
        Problem(
          "missing-key", at: section.place, "the mapping makes no products",
          remedy: "Add products: with at least one template, beginning with \"- type: SINGLE\"."))
      return []
    }
    let reader = ProductTemplateReader(names: records.names, isGrouped: records.isGrouped)
    return nodes.map { reader.read($0, fields: layout.fields) }
  }
}

package import Contract
package import Records
import Templates
package import YAML

/// Compiles a mapping of `kind: order-status`, or finds everything that is wrong with it.
package struct StatusMappingReader {
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
  ) throws(Problems) -> StatusMapping {
    let problems = ProblemList()
    let section = YAMLSection(node, named: path, problems: problems)
    let file = MappingFile.read(
      section, name: name, path: path, kind: .orderStatus, defaults: defaults, problems: problems)
    let records = RecordPlanReader(section, file, defaults: defaults, groupsRows: false)
    let change = ChangeReader(names: records.names, fields: fields).read(section)
    refuseUncounted(change, problems)
    refuseFurtherFiles(file, section)
    refuseColumns(records.names, file)
    let settings = settings(section)
    let badRows = records.badRows(section)
    let tests = MappingTestReader(problems: problems, needsRecords: file.format.kind != .nameOnly)
      .read(section.list("tests") ?? [])
    section.finish()
    guard let change, problems.isEmpty else { throw Problems(problems.all) }
    return StatusMapping(
      plan: records.plan(), change: change.template, order: change.order, matchBy: change.matchBy,
      changedAt: change.changedAt, refunds: settings.refunds, fillsJourney: settings.fills,
      waitForOrder: settings.wait, badRows: badRows, tests: tests,
      fieldsInUse: ProductTemplate.fieldsInUse(by: [change.template]))
  }

  /// What a mapping may fill: requestId is made for each request, requestOrderId is the order's.
  private var fields: [Contract.Field] {
    let all = contract.messages["notifyOrderChange"]?.fields ?? []
    return all.filter { $0.role != .requestId && $0.role != .requestOrderId }
  }

  private func settings(
    _ section: YAMLSection
  ) -> (refunds: StatusMapping.Refunds, fills: Bool, wait: Duration) {
    let refunds = section.choice("refunds", StatusMapping.Refunds.allCases.map(\.rawValue))
    let wait = DurationReader(section).duration(
      "waitForOrder", .seconds(3_600), in: .seconds(60)...(.seconds(30 * 86_400)))
    return (
      refunds.flatMap(StatusMapping.Refunds.init) ?? .delta, section.flag("fillJourney") ?? false,
      wait
    )
  }

  /// A status or a refund that is not where it is looked for would be sent without being checked.
  private func refuseUncounted(_ change: ChangeReader.Change?, _ problems: ProblemList) {
    guard let change else { return }
    for field in ProductTemplate.fieldsInUse(by: [change.template]) {
      let type: Contract.FieldType? =
        switch field.role {
        case .orderStatus: .string
        case .refundAmount: .amount
        default: nil
        }
      guard let type, field.type != type || field.path != field.name else { continue }
      problems.add(
        Problem(
          "contract-role", at: change.template.place, value: field.path,
          "the field with the role \(field.role?.rawValue ?? "") must be of the type "
            + "\(type.rawValue) and stand in no other field, or it could not be checked",
          remedy: "Leave it out here, or fix the file of kind: contract."))
    }
  }

  private func refuseFurtherFiles(_ file: MappingFile, _ section: YAMLSection) {
    guard file.files.count > 1 else { return }
    section.problems.add(
      Problem(
        "files", at: section.place(of: "files"),
        "a mapping of order statuses reads files of one kind",
        remedy: "Write one pattern, such as files: status/*.csv, and a mapping for each kind."))
  }

  private func refuseColumns(_ names: NameScope, _ file: MappingFile) {
    guard file.format.kind == .nameOnly else { return }
    for column in names.columns {
      names.report(
        Problem(
          "unknown-name", at: column.place, value: column.name,
          "of such a file nothing is read but its name",
          remedy:
            "Take the texts out of the name, as in ${file.name | match(\"(\\d+)\")}, or state "
            + "another format."))
    }
  }
}

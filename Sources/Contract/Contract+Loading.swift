package import Records
import YAML

extension Contract {
  /// The path under which messages name the contract that is compiled in.
  static let defaultFile = "default-contract.yaml"

  /// The default with the overrides merged into it, in their order.
  ///
  /// - Parameter overrides: files of `kind: contract`, each under the name that its user knows.
  /// - Throws: every problem of every override, each with its place.
  package static func load(
    overrides: [(file: String, bytes: [UInt8])] = []
  ) throws(Problems) -> Contract {
    let problems = ProblemList()
    var draft = ContractDraft()
    let all = [(file: defaultFile, bytes: PackageResources.default_contract_yaml)] + overrides
    for (index, override) in all.enumerated() {
      do throws(Problem) {
        let root = try YAML.parse(override.bytes, file: override.file)
        ContractReader(problems: problems, isDefault: index == 0).read(
          YAMLSection(root, named: override.file, problems: problems), into: &draft)
      } catch {
        problems.add(error)
      }
    }
    try problems.throwIfAny()
    let contract = ContractBuilder(draft: draft, problems: problems).contract()
    try problems.throwIfAny()
    return contract
  }
}

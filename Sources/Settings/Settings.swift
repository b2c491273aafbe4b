package import Records
import YAML

/// Everything that `Mappings/connector.yaml` and the environment say, checked.
package struct Settings: Sendable {
  package let environment: Environment
  /// At least one; no two of the same id.
  package let stores: [StoreSetting]
  /// The merchant of the stores that name none; nothing where each names its own.
  package let posAccountId: String?
  package let currency: Currency
  package let timeZone: Zone
  package let clientId: String
  package let keys: Keys
  /// Where D-Store is reached; nothing means the simulator inside the program.
  package let endpoint: Endpoint?
  /// The file of a further certificate authority for the endpoint.
  package let trust: String?
  package let statusUpdates: StatusUpdates
  /// Where D-Store calls us; nothing where it doesn't.
  package let gateway: GatewaySettings?
  /// The folder of the ledger and the lock.
  package let state: String
  /// The time between the two looks that find a file complete.
  package let settle: Duration
  /// How long a request with a small body may take.
  package let requestTimeout: Duration
  /// After this time a store's open sync is given up for a newer one.
  package let giveUpAfter: Duration
  /// How long a customer's data is kept after the order came.
  package let retention: Duration
  /// How long the ledger keeps files, requests and order updates that have ended.
  package let forget: Duration
  /// An order without a status from the POS for so long needs a person; nothing where it is not
  /// looked at.
  package let unattendedAfter: Duration?
  /// What waits in the inbox for so long needs a person.
  package let warnAfter: Duration
  /// After so many tries a request that stays unanswered needs a person.
  package let warnAfterTries: Int

  /// Whether ``endpoint`` is another one than the environment's.
  package var hasOwnEndpoint: Bool {
    endpoint.map { $0.text != EnvironmentFacts.of(environment).endpoint } ?? false
  }

  /// The file's path in a workspace.
  package static let file = "Mappings/connector.yaml"

  /// Reads the settings of a workspace.
  ///
  /// - Parameters:
  ///   - variables: the process's environment; what it names with `DSTORE_…` comes before what the
  ///     file says.
  ///   - needsPrivateKey: whether nothing can be done without our private key.
  /// - Throws: every problem at once, each with its place.
  package static func load(
    workspace: String, environment variables: [String: String], needsPrivateKey: Bool = true
  ) throws(Problems) -> Settings {
    let problems = ProblemList()
    let given = SettingVariables(variables, problems: problems)
    do throws(Problem) {
      let bytes = try SettingFile.settings(of: workspace)
      let root = given.laid(over: try YAML.parse(bytes, file: Self.file), problems)
      var reader = SettingsReader(root, given: given, workspace: workspace, problems: problems)
      reader.needsPrivateKey = needsPrivateKey
      if let settings = reader.settings(), problems.isEmpty { return settings }
    } catch {
      problems.add(error)
    }
    throw Problems(problems.all)
  }
}

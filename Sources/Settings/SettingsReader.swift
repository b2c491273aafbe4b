import Records
import YAML

/// Reads connector.yaml's keys one after the other; each finds its problems by itself.
struct SettingsReader {
  private let root: YAMLSection
  private let given: SettingVariables
  private let workspace: String
  private let problems: ProblemList
  var needsPrivateKey = true

  init(_ node: YAMLNode, given: SettingVariables, workspace: String, problems: ProblemList) {
    root = YAMLSection(node, named: "connector.yaml", problems: problems)
    self.given = given
    self.workspace = workspace
    self.problems = problems
  }

  /// - Returns: nothing where a value is missing; the problems say which.
  func settings() -> Settings? {
    // Whatever hangs on the environment is read as for the simulator where there is none: it
    // demands least, so no problem is reported that the right word would make go away.
    let environment = self.environment
    let facts = EnvironmentFacts.of(environment ?? .simulator)
    let accountText = root.text("posAccountId")
    let reader = StoresReader(problems: problems)
    let account =
      reader.identifier(accountText, "posAccountId", limit: StoresReader.accountIdLimit)
      ?? (accountText == nil ? facts.posAccountId : nil)
    let stores = reader.stores(root, account: account, isAccountGiven: accountText != nil)
    let (currency, zone) = (currency(facts), timeZone(facts))
    let clientId = clientId(environment ?? .simulator, facts)
    let keys = keys(environment ?? .simulator)
    let endpoint = endpoint(facts, in: environment)
    let trust = trust
    let statusUpdates = statusUpdates
    let gateway = gateway
    let state = state
    let times = DurationReader(root)
    let settle = times.duration("settle", .seconds(1), in: .zero ... .seconds(300))
    let requestTimeout = times.duration(
      "requestTimeout", .seconds(60), in: .seconds(1) ... .seconds(600))
    let giveUpAfter = times.duration(
      "giveUpAfter", .seconds(86_400), in: .seconds(60) ... .seconds(30 * 86_400))
    let retention = times.duration(
      "retention", .seconds(30 * 86_400), in: .seconds(3_600) ... .seconds(3_650 * 86_400))
    let forget = times.duration(
      "forget", .seconds(400 * 86_400), in: .seconds(30 * 86_400) ... .seconds(3_650 * 86_400))
    let unattendedAfter = unattendedAfter(times)
    let warnAfter = times.duration(
      "warnAfter", .seconds(3_600), in: .seconds(60) ... .seconds(30 * 86_400))
    let warnAfterTries = warnAfterTries
    root.finish()
    guard let environment, let currency, let zone, let clientId else { return nil }
    return Settings(
      environment: environment, stores: stores, posAccountId: account, currency: currency,
      timeZone: zone, clientId: clientId, keys: keys, endpoint: endpoint, trust: trust,
      statusUpdates: statusUpdates, gateway: gateway, state: state, settle: settle,
      requestTimeout: requestTimeout, giveUpAfter: giveUpAfter, retention: retention,
      forget: forget,
      unattendedAfter: unattendedAfter, warnAfter: warnAfter, warnAfterTries: warnAfterTries)
  }

  private var environment: Environment? {
    guard root.required("environment") != nil else { return nil }
    return root.choice("environment", Environment.allCases.map(\.rawValue))
      .flatMap(Environment.init)
  }

  private func currency(_ facts: EnvironmentFacts) -> Currency? {
    guard let text = text("currency", or: facts.currency) else { return nil }
    if let currency = Currency(code: text.text) { return currency }
    let guess = suggestion(for: text.text.uppercased(), among: Currency.codes)
    problems.add(
      Problem(
        "currency", at: text.place, value: text.text, "this is not a currency of ISO 4217",
        remedy: guess.isEmpty ? "Write its three capital letters, such as SGD." : guess))
    return nil
  }

  private func timeZone(_ facts: EnvironmentFacts) -> Zone? {
    guard let text = text("timeZone", or: facts.timeZone) else { return nil }
    do throws(Problem) {
      return try ZoneDatabase().zone(named: text.text, at: text.place)
    } catch {
      problems.add(error)
      return nil
    }
  }

  private func clientId(_ environment: Environment, _ facts: EnvironmentFacts) -> String? {
    guard let text = text("clientId", or: facts.clientId) else { return nil }
    if environment == .production, text.text == EnvironmentFacts.sandbox.clientId {
      problems.add(
        Problem(
          "sandbox-client", at: text.place, value: text.text, "this is the sandbox's client id",
          remedy: "Production has one of its own; the solution architect gives it at go-live."))
      return nil
    }
    let isVisible = text.text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F }
    guard isVisible, !text.text.isEmpty else {
      problems.add(
        Problem(
          "client-id", at: text.place, value: text.text,
          "the client id is empty or holds white space or letters beyond ASCII",
          remedy: "Write it exactly as the solution architect gave it."))
      return nil
    }
    return text.text
  }

  private func keys(_ environment: Environment) -> Keys {
    let section = root.section("keys")
    var reader = KeysReader(environment: environment, workspace: workspace, problems: problems)
    reader.needsPrivate = needsPrivateKey
    return reader.keys(section, privateKey: given.privateKey, at: root.place(of: "keys"))
  }

  private func endpoint(_ facts: EnvironmentFacts, in environment: Environment?) -> Endpoint? {
    let written = root.text("endpoint")
    guard let text = written?.text ?? facts.endpoint else { return nil }
    do throws(Problem) {
      let endpoint = try Endpoint(text)
      if let environment, let other = EnvironmentFacts.foreign(endpoint, in: environment) {
        throw Problem(
          "endpoint-environment",
          "this is D-Store's \(other.rawValue), and environment: says \(environment.rawValue)",
          remedy: "Leave endpoint out for the environment's own, or correct environment.")
      }
      return endpoint
    } catch {
      var problem = error
      problem.place = written?.place ?? root.place
      problem.value = text
      problems.add(problem)
      return nil
    }
  }

  private var trust: String? {
    root.text("trust").flatMap { name in
      PEMFile(workspace: workspace, problems: problems).certificate(
        name, role: "the file of the certificate authority (trust)")
    }
  }

  private var statusUpdates: StatusUpdates {
    root.choice("statusUpdates", StatusUpdates.allCases.map(\.rawValue))
      .flatMap(StatusUpdates.init) ?? .auto
  }

  private var gateway: GatewaySettings? {
    root.section("gateway").flatMap {
      GatewayReader(workspace: workspace, problems: problems).gateway($0)
    }
  }

  private var state: String {
    let name =
      root.text("state") ?? YAMLText(text: ".connector", place: root.place, isPlain: true)
    let folder = SettingFile(
      name.text, role: "the state folder", at: name.place, workspace: workspace)
    if name.text.isEmpty || folder.isInTheWayOfFolder {
      problems.add(
        folder.problem("state", "is not a folder", remedy: "Name a folder; it may be a new one."))
    }
    return folder.path
  }

  private func unattendedAfter(_ times: DurationReader) -> Duration? {
    guard let text = root.text("unattendedAfter"), text.text != "off" else { return nil }
    return times.duration(
      "unattendedAfter", .seconds(1_800), in: .seconds(60) ... .seconds(86_400))
  }

  private var warnAfterTries: Int {
    guard let tries = root.integer("warnAfterTries") else { return 20 }
    if tries < 1 {
      problems.add(
        Problem(
          "warn-after-tries", at: root.place(of: "warnAfterTries"), value: String(tries),
          "\"warnAfterTries\" is a number from 1 on", remedy: "Leave it out for 20."))
    }
    return tries
  }

  /// A text that must be there unless the environment knows it.
  private func text(_ key: String, or known: String?) -> YAMLText? {
    guard let known else { return root.required(key) }
    return root.text(key) ?? YAMLText(text: known, place: root.place, isPlain: true)
  }
}

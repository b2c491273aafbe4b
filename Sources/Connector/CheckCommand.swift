import ArgumentParser
import Contract
import DStoreAPI
import Flows
import LedgerStore
import OrderGateway
import Records
import RowMapping
import Settings

struct CheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Finds every problem of settings, keys, folders, mappings and their tests.",
    discussion: """
      Touches nothing and sends nothing. Where connector.yaml names an endpoint: of its own, such as \
      a proxy, it connects to it to see whether TLS there is good enough.
      """)

  @OptionGroup var workspace: WorkspaceOption

  func run() async throws {
    try await Failing.reported {
      let (folder, settings) = try workspace.settings()
      let shelf = try MappingShelf.load(workspace: folder, settings: settings)
      let check = WorkspaceCheck(workspace: folder, settings: settings, shelf: shelf)
      let keyProblems = keyProblems(settings)
      var problems =
        keyProblems + gatewayProblems(settings) + ledgerProblems(folder, settings)
        + check.problems
      var notes = check.notes
      switch keyProblems.isEmpty ? await endpointFinding(settings) : nil {
      case .fine, nil: break
      case .unreachable(let reason):
        notes.append(endpointProblem(reason, "Whether TLS there is good enough is not known yet."))
      case .unusable(let reason):
        problems.append(endpointProblem(reason, "Until this is fixed nothing is sent to it."))
      }
      Terminal.error(problems)
      tell(check, settings, shelf, notes: notes, problems: problems.count)
      return problems.isEmpty ? .done : .wrongSettings
    }
  }

  private func keyProblems(_ settings: Settings) -> [Problem] {
    do throws(Problems) {
      try KeyRing.check(settings)
      return []
    } catch {
      return error.all
    }
  }

  /// - Returns: `nil` where there is nothing to try.
  private func endpointFinding(_ settings: Settings) async -> ConnectionTrial.Finding? {
    guard settings.hasOwnEndpoint, let endpoint = settings.endpoint, !endpoint.isPlain else {
      return nil
    }
    return try? await ConnectionTrial(endpoint: endpoint, trust: settings.trust).run()
  }

  private func endpointProblem(_ reason: String, _ remedy: String) -> Problem {
    Problem(
      "endpoint", at: Place(file: Settings.file, field: "endpoint"), reason, remedy: remedy)
  }

  private func gatewayProblems(_ settings: Settings) -> [Problem] {
    do throws(Problems) {
      try LiveGateway.check(settings)
    } catch {
      return error.all
    }
    let dates = LiveGateway.certificateDates(settings)
    return [dates?.problem(at: Clock.milliseconds(), in: settings.timeZone)].compactMap { $0 }
  }

  private func ledgerProblems(_ folder: String, _ settings: Settings) -> [Problem] {
    do throws(Problem) {
      try WorkspaceLedger(workspace: folder, settings: settings).look()?.close()
      return [Ledger.ownersProblem(folder: settings.state)].compactMap { $0 }
    } catch {
      return [error]
    }
  }

  private func tell(
    _ check: WorkspaceCheck, _ settings: Settings, _ shelf: MappingShelf, notes: [Problem],
    problems: Int
  ) {
    Terminal.say(
      "Environment \(settings.environment.rawValue), "
        + "\(settings.endpoint?.text ?? "embedded, nothing leaves the machine"); "
        + "\(settings.stores.count) store(s).")
    for entry in shelf.products {
      let file = entry.mapping.file
      let patterns = file.files.map { "Inbox/\($0.pattern)" }.joined(separator: ", ")
      Terminal.say("\(file.path): \(patterns) → syncProduct, \(entry.mapping.tests.count) test(s)")
    }
    for entry in shelf.statuses {
      let file = entry.mapping.file
      let patterns = file.files.map { "Inbox/\($0.pattern)" }.joined(separator: ", ")
      Terminal.say(
        "\(file.path): \(patterns) → notifyOrderChange, \(entry.mapping.tests.count) test(s)")
    }
    for entry in shelf.orders.entries {
      let call = entry.mapping.kind == .orders ? "createOrder" : "pushOrderChange"
      Terminal.say(
        "\(entry.mapping.path): \(call) → Outbox/\(entry.mapping.fixedFolder), "
          + "\(entry.mapping.tests.count) test(s)")
    }
    let dates = LiveGateway.certificateDates(settings)
    let ending = dates?.warning(at: Clock.milliseconds(), in: settings.timeZone)
    for note in notes + [ending].compactMap({ $0 }) {
      Terminal.say("Note: \(note.description)")
    }
    tellAssumptions(check)
    Terminal.say(
      problems == 0
        ? "No problem found; \(check.tests) test(s) of mappings passed."
        : "\(problems) problem(s) found.")
  }

  private func tellAssumptions(_ check: WorkspaceCheck) {
    guard !check.assumptions.isEmpty else { return }
    Terminal.say(
      "The mappings rely on fields that the public documentation does not confirm; compare them "
        + "with your specification from the SA:")
    for assumption in check.assumptions {
      Terminal.say(
        "  \(assumption.field.path) (\(assumption.field.type.rawValue)): "
          + assumption.mappings.joined(separator: ", "))
    }
  }
}

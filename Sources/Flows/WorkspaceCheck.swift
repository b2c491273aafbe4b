package import Contract
import DurableFiles
import Glibc
package import InboxFiles
import OutboxFiles
package import Records
import RowMapping
package import Settings

/// Looks at everything that a run needs, touches nothing, and finds every problem at once.
package struct WorkspaceCheck {
  /// A field of the contract that a mapping fills and that nobody has confirmed.
  package struct Assumption {
    package let field: Contract.Field
    /// The mappings that fill it.
    package var mappings: [String]
  }

  package private(set) var problems: [Problem] = []
  package private(set) var assumptions: [Assumption] = []
  /// What is no problem, but may be a mistake.
  package private(set) var notes: [Problem] = []
  /// How many tests of mappings were run.
  package private(set) var tests = 0

  package init(workspace: String, settings: Settings, shelf: MappingShelf) {
    let inbox = Inbox(root: "\(workspace)/Inbox")
    problems = shelf.problems + Self.inboxProblems(inbox, shelf)
    if let problem = Self.endpointProblem(settings.endpoint, shelf.contract) {
      problems.append(problem)
    }
    if let absence = try? MappingFolder(workspace: workspace).absence() { problems.append(absence) }
    problems += RivalMappings(mappings: shelf.inboxMappings).problems(in: inbox)
    for entry in shelf.products {
      problems += missingFolders(of: entry.mapping.file, inbox)
      runTests(of: entry.mapping, MappingFolder(workspace: workspace), settings)
      note(entry.mapping.fieldsInUse, of: entry.mapping.file.name)
    }
    for entry in shelf.statuses {
      problems += missingFolders(of: entry.mapping.file, inbox)
      runTests(of: entry.mapping, MappingFolder(workspace: workspace))
      note(entry.mapping.fieldsInUse, of: entry.mapping.file.name)
    }
    for entry in shelf.orders.entries {
      let run = OrderTestRun(
        entry: entry, folder: MappingFolder(workspace: workspace), contract: shelf.contract)
      tests += entry.mapping.tests.count
      problems += run.problems()
      notes += entry.mapping.notes
      notes += TemplateNames(entry, contract: shelf.contract)?.notes ?? []
      note(entry.mapping.fieldsInUse, of: entry.mapping.name)
    }
    problems += Self.outboxProblems(workspace, settings, shelf.orders)
    assumptions.sort { $0.field.path < $1.field.path }
  }

  /// The calls' paths are the contract's: an endpoint that ends with one, or with its beginning,
  /// would say it twice.
  private static func endpointProblem(_ endpoint: Endpoint?, _ contract: Contract) -> Problem? {
    guard let endpoint, !endpoint.pathPrefix.isEmpty else { return nil }
    for message in contract.messages.values where message.direction == .toDStore {
      var path = Substring(message.path)
      while path.count > 1 {
        if endpoint.pathPrefix.hasSuffix(path) {
          let base = Endpoint(
            endpoint, pathPrefix: String(endpoint.pathPrefix.dropLast(path.count)))
          return Problem(
            "endpoint-path", at: Place(file: Settings.file), value: endpoint.text,
            "the endpoint ends with \"\(path)\", and each call adds its whole path "
              + "(\(message.path))",
            remedy: "Write endpoint: \(base.text)")
        }
        path = path[..<(path.lastIndex(of: "/") ?? path.startIndex)]
      }
    }
    return nil
  }

  /// A pattern whose folder is not there never matches.
  private func missingFolders(of file: MappingFile, _ inbox: Inbox) -> [Problem] {
    file.files.compactMap { pattern in
      let folders = pattern.pattern.split(separator: "/").dropLast().prefix { !$0.contains("*") }
      let folder = folders.joined(separator: "/")
      guard !inbox.holds(folder) else { return nil }
      return Problem(
        "files", at: Place(file: file.path), value: pattern.pattern,
        "files: names a folder that is not in Inbox/",
        remedy: "Make Inbox/\(folder), or fix the pattern; capitals count.")
    }
  }

  private mutating func runTests(
    of mapping: ProductMapping, _ folder: MappingFolder, _ settings: Settings
  ) {
    let stores = settings.stores.map(\.posStoreId)
    let run = MappingTestRun(mapping, stores: stores)
    for test in mapping.tests {
      tests += 1
      problems += run.problems(of: test) { input, sink throws(Problems) in
        let feed = MappingTestFeed(mapping: mapping, folder: folder, stores: stores)
        return try feed.run(input, to: sink)
      }
    }
  }

  private mutating func runTests(of mapping: StatusMapping, _ folder: MappingFolder) {
    let run = StatusTestRun(mapping)
    for test in mapping.tests {
      tests += 1
      problems += run.problems(of: test) { test, sink throws(Problems) in
        try StatusPass(mapping).run(test, path: folder.real, to: sink)
      }
    }
  }

  /// What keeps files from being taken out of the inbox; nothing is touched.
  ///
  /// - Parameter shelf: `nil` where the mappings cannot be read.
  package static func inboxProblems(_ inbox: Inbox, _ shelf: MappingShelf?) -> [Problem] {
    let problems = inbox.folderProblems()
    guard let shelf, let listing = try? inbox.listing() else { return problems }
    let names = FoundFiles(listing, shelf: shelf).groups
      .filter { $0.mapping.file.afterDone != .keep }.flatMap { $0.files.joined().map(\.name) }
    let folders = Set(names.map { $0.split(separator: "/").dropLast().joined(separator: "/") })
    return problems
      + inbox.movingProblems(outOf: folders).filter { problem in
        !problems.contains { $0.place.file == problem.place.file }
      }
  }

  /// What keeps files from being written to the outbox, or to the folders below it that mappings
  /// name; one of those that is missing is made with its first file. Without a gateway nothing is
  /// written there.
  package static func outboxProblems(
    _ workspace: String, _ settings: Settings, _ orders: OrderShelf
  ) -> [Problem] {
    guard settings.gateway != nil || settings.endpoint == nil else { return [] }
    let outbox = Outbox(root: "\(workspace)/Outbox")
    if let problem = outbox.problem(with: "") { return [problem] }
    return Set(orders.entries.map(\.mapping.fixedFolder)).sorted()
      .compactMap { outbox.problem(with: $0) }.filter { $0.code != "outbox-missing" }
  }

  private mutating func note(_ fields: [Contract.Field], of name: String) {
    for field in fields where field.basis == .assumed {
      if let index = assumptions.firstIndex(where: { $0.field.path == field.path }) {
        assumptions[index].mappings.append(name)
      } else {
        assumptions.append(Assumption(field: field, mappings: [name]))
      }
    }
  }
}

/// Gives the records of a test's JSON text or file to its mapping.
private struct MappingTestFeed {
  let mapping: ProductMapping
  let folder: MappingFolder
  let stores: [String]

  func run(_ input: MappingTest.Input, to sink: any ProductSink) throws(Problems) -> MappingOutcome
  {
    let pass = ExportPass(mapping, stores: stores)
    switch input {
    case .file(let name):
      let source = ExportPass.Source(
        path: folder.real(name), display: "Mappings/\(name)", name: name)
      return try pass.run(source, to: sink).outcome
    case .json(let text):
      return try pass.elements(ofText: text, display: mapping.file.path, sink)
    case .rows: return MappingOutcome()
    }
  }
}

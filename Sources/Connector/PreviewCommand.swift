import ArgumentParser
import Flows
import Glibc
import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings

struct PreviewCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preview",
    abstract: "Shows what run would make of an export.",
    discussion: "Sends, moves and records nothing.")

  @OptionGroup var workspace: WorkspaceOption
  @Argument(help: "The export; a file below Inbox, or anywhere with --mapping.")
  var file: String
  @Option(help: "The mapping's name, where the file's place does not tell.")
  var mapping: String?
  @Option(help: "The store whose products or body are shown, where there are several.")
  var store: String?
  @Flag(help: "Print the exact body of each store's full sync, on a line each, and nothing else.")
  var payload = false
  @Flag(help: "Show every problem, and not only the first one of each kind.")
  var problems = false
  @Option(help: "How many products are shown.")
  var limit = 20

  func validate() throws {
    guard limit > 0 else { throw ValidationError("--limit is at least 1.") }
  }

  func run() async throws {
    try await Failing.reported {
      let (folder, settings) = try workspace.settings()
      let shelf = try MappingShelf.load(workspace: folder, settings: settings)
      let inbox = InboxPath(workspace: folder)
      let name = try inbox.name(of: file)
      let choice = PreviewChoice(shelf: shelf, file: file, name: name)
      switch try choice.mapping(named: mapping) {
      case .statuses(let entry): return try tell(entry, folder, name, settings)
      case .products(let entry): return try tell(entry, shelf, settings, inbox, name)
      }
    }
  }

  private func tell(
    _ entry: MappingShelf.Entry, _ shelf: MappingShelf, _ settings: Settings, _ inbox: InboxPath,
    _ name: String?
  ) throws(Problem) -> Exit {
    let ledger = try WorkspaceLedger(workspace: inbox.workspace, settings: settings).look()
    defer { ledger?.close() }
    let progress = ProgressLine()
    let preview = try Preview(
      try inbox.sources(main: file, name: name, mapping: entry.mapping), entry: entry,
      shelf: shelf,
      bench: LookingBench(
        workspace: inbox.workspace, settings: settings, ledger: ledger, progress: progress,
        now: Clock.milliseconds))
    try Preview.decide([preview])
    progress.end()
    return try payload ? printPayload(preview) : tell(preview, shelf, name)
  }

  private func tell(
    _ entry: MappingShelf.StatusEntry, _ folder: String, _ name: String?, _ settings: Settings
  ) throws(Problem) -> Exit {
    let display = name.map { "Inbox/\($0)" } ?? file
    let source = ExportPass.Source(
      path: name.map { "\(folder)/Inbox/\($0)" } ?? file, display: display,
      name: display.split(separator: "/").last.map(String.init) ?? display)
    let preview = try StatusPreview(source, name: name ?? file, entry: entry)
    return StatusPreviewPrinter(preview: preview, display: display, zone: settings.timeZone)
      .print(limit: limit)
  }

  private func printPayload(_ preview: Preview) throws(Problem) -> Exit {
    Terminal.error(preview.problems)
    let plans = try store == nil ? preview.stores : [chosen(preview)].compactMap(\.self)
    for (index, plan) in plans.enumerated() {
      if index > 0 { Terminal.say("") }
      try PayloadPrinter.print(plan.body)
    }
    return preview.problems.isEmpty && !plans.isEmpty ? .done : .needsPerson
  }

  private func chosen(_ preview: Preview) throws(Problem) -> Preview.StorePlan? {
    guard let store else { return preview.stores.first }
    if let plan = preview.stores.first(where: { $0.store.posStoreId == store }) { return plan }
    throw Problem(
      "unknown-store", value: store, "the export has no products for this store",
      remedy: "It has: \(preview.stores.map(\.store.posStoreId).joined(separator: ", ")).")
  }

  private func tellProblems(_ preview: Preview) {
    guard problems else {
      for group in preview.groups.groups { Terminal.error(group.description) }
      if preview.problemCount > preview.groups.groups.count {
        Terminal.error("\(preview.problemCount) problems in all; --problems shows each of them.")
      }
      return
    }
    for problem in preview.allProblems { Terminal.error(problem.description) }
    let rest = preview.problemCount - preview.allProblems.count
    if rest > 0 { Terminal.error("and \(rest) more problems.") }
  }

  private func tell(
    _ preview: Preview, _ shelf: MappingShelf, _ name: String?
  ) throws(Problem) -> Exit {
    Terminal.say("\(name.map { "Inbox/\($0)" } ?? file) through \(preview.mapping.file.path)")
    for note in preview.notes { Terminal.say("  \(note)") }
    Terminal.say(
      "  \(preview.outcome.records) record(s), \(preview.outcome.badRecords) with problems")
    tellProblems(preview)
    if preview.isRefused {
      Terminal.error("run would refuse the file: nothing of it would be sent.")
      return .needsPerson
    }
    if let waits = preview.waits { Terminal.say("  run would leave it in the inbox: \(waits)") }
    let chosen = try chosen(preview)
    for plan in preview.stores {
      Terminal.heading(
        "Store \(plan.store.posStoreId): \(plan.products) products, \(plan.decision)")
      if store == nil || plan.store == chosen?.store {
        try ProductTable(preview: preview, contract: shelf.contract, limit: limit).print(plan)
      }
    }
    return preview.problems.isEmpty && !preview.stores.contains(where: \.isHeld)
      ? .done : .needsPerson
  }
}

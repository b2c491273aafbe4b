import Flows
import JSON
import LedgerStore
import Records

/// Tells what a run did, in words or as JSON.
struct RunPrinter {
  let report: RunReport
  /// What keeps mappings, or all of them, from being there.
  let mappingProblems: [Problem]
  /// Whether it tells what a run would do. Nobody asks for that but a person, so it is always said.
  let isPlan: Bool
  /// The run that kept this one from doing anything, with the zone for its times.
  private(set) var busy: (holder: RunHolder, zone: Zone)?

  init(report: RunReport, shelf: MappingShelf, isPlan: Bool = false) {
    self.report = report
    mappingProblems = shelf.problems + [shelf.absence].compactMap { $0 }
    self.isPlan = isPlan
  }

  /// - Parameter problem: that the other run seems to hang.
  init(busy holder: RunHolder, _ problem: Problem?, zone: Zone) {
    var report = RunReport()
    report.problems = [problem].compactMap { $0 }
    self.report = report
    mappingProblems = []
    isPlan = false
    busy = (holder, zone)
  }

  func print(asJSON: Bool) -> Exit {
    let exit = self.exit
    if asJSON {
      Terminal.say(json: json(exit))
    } else {
      words()
    }
    return exit
  }

  private var exit: Exit {
    var exit = Exit.done
    if !mappingProblems.isEmpty { exit = max(exit, .wrongSettings) }
    let requests = report.repeated + report.files.flatMap(\.requests)
    if report.files.contains(where: \.needsPerson) || requests.contains(where: \.needsPerson)
      || !report.allProblems.isEmpty || report.notifications.needsPerson || report.outbox.held > 0
      || report.isOverdue
    {
      exit = max(exit, .needsPerson)
    }
    if requests.contains(where: \.isOpen) || report.notifications.waiting > 0 {
      exit = max(exit, .tryLater)
    }
    return exit
  }

  private func words() {
    Terminal.error(mappingProblems)
    Terminal.error(report.problems)
    tell(report.outbox)
    for request in report.repeated where !request.isPutOff { tell(request) }
    for file in report.files { tell(file) }
    for line in report.visit { mention("The simulator: \(line).") }
    for name in report.outbox.written { mention("Outbox/\(name): written.") }
    tell(report.notifications)
    if let putOff = report.putOff {
      Terminal.error("\(PutOff.words(putOff.count)) until the next run: \(putOff.reason).")
    }
    if busy == nil, report.files.isEmpty, report.repeated.isEmpty, report.outbox.isEmpty,
      report.notifications.isEmpty
    {
      mention("Nothing new.")
    }
  }

  private func tell(_ outbox: OutboxReport) {
    for problem in outbox.problems { Terminal.error(outbox.words(problem)) }
    if outbox.held > 0 {
      Terminal.error(
        "\(outbox.held) file(s) for the POS wait for approval, since it may have had them before; "
          + "dstore-connector status says which.")
    }
    if !outbox.problems.isEmpty, outbox.otherwiseWaiting > 0 {
      Terminal.error(
        "\(outbox.otherwiseWaiting) further file(s) for the POS wait; dstore-connector status says "
          + "which.")
    }
  }

  private func tell(_ request: RequestReport) {
    let line = "An earlier request: \(request.words)."
    if request.delivery?.outcome == .accepted { return Terminal.mention(line) }
    Terminal.error([line, request.remedy].compactMap { $0 }.joined(separator: " "))
  }

  private func tell(_ notifications: NotificationReport) {
    if notifications.sent > 0 {
      mention("D-Store was told of \(notifications.sent) change(s) of orders.")
    }
    Terminal.error(notifications.refused)
    Terminal.error(notifications.undecided)
    if notifications.undecided.isEmpty, notifications.waiting > 0 {
      Terminal.error(
        "\(notifications.waiting) change(s) of orders wait for the next try; dstore-connector status "
          + "says when.")
    }
    if notifications.held > 0 {
      Terminal.error(
        "\(notifications.held) change(s) of orders wait until a person lets them go; "
          + "dstore-connector status says which.")
    }
  }

  private func tell(_ file: FileReport) {
    let outcome = isPlan ? "would be \(file.outcome.rawValue)" : file.outcome.rawValue
    let line = "Inbox/\(file.name): \(outcome), \(file.summary)."
    let isFine = !file.needsPerson && file.requests.allSatisfy { $0.delivery?.outcome == .accepted }
    guard !isFine else { return mention(line) }
    Terminal.error(line)
    for request in file.requests {
      if let remedy = request.remedy { Terminal.error("  \(remedy)") }
    }
    for problem in file.problems.prefix(Self.shown) { Terminal.error("  \(problem.description)") }
    let rest = file.problemCount - min(file.problems.count, Self.shown)
    if rest > 0 { Terminal.error("  and \(rest) more; Inbox/rejected/ holds the whole list.") }
  }

  private func mention(_ line: String) {
    if isPlan { Terminal.say(line) } else { Terminal.mention(line) }
  }

  /// How many problems of a file are printed.
  private static let shown = 10
}

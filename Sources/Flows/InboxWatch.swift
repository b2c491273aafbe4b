import Digests
import InboxFiles
import LedgerStore
import Records
import RowMapping
import Settings

/// Finds the files of the inbox that are whole and new.
struct InboxWatch {
  let bench: Workbench
  /// Whether the next run is to know what was seen.
  var records = true

  /// A file that can be taken.
  struct Whole {
    let candidate: Candidate
    let look: Look
  }

  /// The files of one mapping that can be taken; the last of each list is the current one.
  struct Ready {
    let mapping: InboxMapping
    var files: [[Whole]]
  }

  /// - Returns: what can be taken, and a report for each file that must wait.
  func ready(_ groups: [FoundFiles.Group]) async throws(Problem) -> (
    ready: [Ready], waiting: [FileReport]
  ) {
    let names = groups.flatMap { $0.files.joined().map(\.name) }
    let known = try bench.ledger.known(bench.fileScope, names)
    let news = groups.filter { !isKnown($0, known) }
    guard !news.isEmpty else { return ([], []) }
    let looks = try bench.ledger.looks(bench.fileScope)
    let requests = news.flatMap { group in
      group.files.joined().map { request($0, group.mapping.file, looks) }
    }
    let check = SettleCheck(bench.inbox, requests)
    if check.needsWait { await bench.sleep(bench.settings.settle) }
    let answers = zip(requests.map(\.candidate), check.readiness())
    if records { try remember(answers) }
    let readiness = Dictionary(answers.map { ($0.name, $1) }) { first, _ in first }
    let (whole, waiting) = sort(news, readiness)
    var ready: [Ready] = []
    for group in whole where try !isRead(group, known) { ready.append(group) }
    return (ready, waiting)
  }

  /// Forgets files that stayed in the inbox and that somebody took away since. In a folder that
  /// cannot be read everything may still be there.
  func forgetGone(_ listing: InboxListing) throws(Problem) {
    guard listing.problems.isEmpty else { return }
    let names = listing.names
    let gone = try bench.ledger.knownNames(bench.fileScope).filter { !names.contains($0) }
    try bench.ledger.forget(bench.fileScope, names: gone)
  }

  /// Whether a group says word for word what it said when it was taken last, by the same mapping:
  /// whatever became of it then would become of it again. The new stamps are remembered.
  private func isRead(_ group: Ready, _ known: [String: KnownFile]) throws(Problem) -> Bool {
    var stamps: [Int64: FileStamp] = [:]
    for file in group.files.joined() {
      guard let old = known[file.candidate.name], old.recipe == group.mapping.recipe,
        old.digest == file.look.digest.hex
      else { return false }
      stamps[old.id] = file.look.stamp
    }
    if records { try bench.ledger.refresh(stamps, at: bench.now()) }
    return true
  }

  /// Whether each file of a group stands as it stood when it was taken last, by the same mapping.
  private func isKnown(_ group: FoundFiles.Group, _ known: [String: KnownFile]) -> Bool {
    group.files.joined().allSatisfy { candidate in
      guard let file = known[candidate.name], file.recipe == group.mapping.recipe else {
        return false
      }
      return candidate.isUnchanged(since: file.stamp, takenAt: file.recordedAt)
    }
  }

  private func request(
    _ candidate: Candidate, _ file: MappingFile, _ looks: [String: FileLook]
  ) -> SettleCheck.Request {
    let earlier = looks[candidate.name].flatMap { look in
      look.digest.flatMap(Digest.init(hex:)).map { Look(stamp: look.stamp, digest: $0) }
    }
    return SettleCheck.Request(
      candidate, needsMarker: file.waitsForMarker,
      lastLine: file.format.lastLine, earlier: earlier)
  }

  private func remember(
    _ answers: some Sequence<(Candidate, Readiness)>
  ) throws(Problem) {
    var looks: [String: FileLook] = [:]
    for (candidate, readiness) in answers {
      guard case .waitsForNextRun(let look) = readiness else { continue }
      looks[candidate.name] = FileLook(stamp: look.stamp, digest: look.digest.hex)
    }
    try bench.ledger.saveLooks(bench.fileScope, looks)
  }

  private func sort(
    _ groups: [FoundFiles.Group], _ readiness: [String: Readiness]
  ) -> (ready: [Ready], waiting: [FileReport]) {
    var ready: [Ready] = []
    var waiting: [FileReport] = []
    for group in groups {
      var whole = group.files.map { _ in [Whole]() }
      for (index, files) in group.files.enumerated() {
        for file in files {
          if case .whole(let look)? = readiness[file.name] {
            whole[index].append(Whole(candidate: file, look: look))
          } else if let report = report(file, group.mapping, readiness[file.name]) {
            waiting.append(report)
          }
        }
      }
      if let unreadable = unreadable(group, readiness) {
        waiting += whole.joined().map {
          self.waiting($0, for: "it waits until Inbox/\(unreadable) can be read", group)
        }
      } else if whole.allSatisfy({ !$0.isEmpty }) {
        ready.append(Ready(mapping: group.mapping, files: whole))
      } else {
        waiting += incomplete(whole, group)
      }
    }
    return (ready, waiting)
  }

  /// An export that cannot be read now. Without it an older one would be taken for the current one,
  /// or it would itself, when its time has come. Files of order updates stand each for itself.
  private func unreadable(
    _ group: FoundFiles.Group, _ readiness: [String: Readiness]
  ) -> String? {
    guard case .products = group.mapping else { return nil }
    return group.files.joined().map(\.name).first { name in
      if case .unreadable? = readiness[name] { true } else { false }
    }
  }

  private func report(
    _ file: Candidate, _ mapping: InboxMapping, _ readiness: Readiness?
  ) -> FileReport? {
    guard let readiness, let reason = readiness.reason else { return nil }
    if case .gone = readiness { return nil }
    var report = FileReport(
      name: file.name, mapping: mapping.file.name, outcome: .waiting)
    report.summary = reason
    if case .unreadable(let problem) = readiness {
      report.problems = [problem]
      report.problemCount = 1
      report.needsPerson = true
    }
    return report
  }

  /// Files that wait for others that belong to them.
  private func incomplete(_ whole: [[Whole]], _ group: FoundFiles.Group) -> [FileReport] {
    let patterns = group.mapping.file.files
    let missing = zip(patterns, whole).filter { $1.isEmpty }.map { "Inbox/\($0.0.pattern)" }
    let reason = "it waits for \(missing.joined(separator: " and ")), which belongs to it"
    return whole.joined().map { waiting($0, for: reason, group) }
  }

  private func waiting(
    _ file: Whole, for reason: String, _ group: FoundFiles.Group
  ) -> FileReport {
    var report = FileReport(
      name: file.candidate.name, mapping: group.mapping.file.name, outcome: .waiting)
    report.summary = reason
    return report
  }
}

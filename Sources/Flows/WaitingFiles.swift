package import InboxFiles
package import LedgerStore
package import Records
package import Settings

/// Files of the inbox that wait, and which of them somebody must look at: the same for the exit of
/// `run` and for `status`.
package struct WaitingFiles {
  /// What may wait is overdue once so many runs have found it waiting, however long ago the first of
  /// them was.
  private static let patientRuns = 2

  /// In the order of their names.
  package let files: [WaitingFile]
  private let patience: Duration
  private let zone: Zone

  private init(_ files: [WaitingFile], _ settings: Settings) {
    self.files = files
    patience = settings.warnAfter
    zone = settings.timeZone
  }

  /// What a run left in the inbox, recorded for `status` and the next run.
  static func record(
    _ reports: [FileReport], _ bench: Workbench
  ) throws(Problem) -> WaitingFiles {
    var seen: Set<String> = []
    let waiting = reports.filter {
      $0.outcome == .waiting && $0.requests.isEmpty && seen.insert($0.name).inserted
    }
    let files = try bench.ledger.noteWaiting(
      waiting.map { report in
        WaitingFile(
          name: report.name, mapping: report.mapping, reason: report.summary,
          trouble: report.needsPerson ? report.problems.first : nil)
      }, bench.fileScope, at: bench.now())
    return WaitingFiles(files, bench.settings)
  }

  /// What the last run left in the inbox, as far as it is still there, and what no mapping takes now.
  ///
  /// - Parameters:
  ///   - ledger: `nil` before the first run.
  ///   - shelf: `nil` where the mappings cannot be read.
  package init(
    _ settings: Settings, inbox: Inbox, ledger: Ledger?, shelf: MappingShelf?
  ) throws(Problem) {
    var files =
      try ledger?.waitingFiles(Scope(filesOf: settings)).filter { inbox.holds($0.name) } ?? []
    if let shelf, let listing = try? inbox.listing() {
      let strays = FoundFiles(listing, shelf: shelf).strays
      files.removeAll { file in
        file.mapping == nil && !strays.contains { $0.name == file.name }
      }
      files += strays.filter { stray in !files.contains { $0.name == stray.name } }
        .map {
          WaitingFile(name: $0.name, mapping: nil, reason: $0.summary, trouble: $0.problems.first)
        }
    }
    self.init(files.sorted { $0.name < $1.name }, settings)
  }

  /// What a person must do something about, by the names of the files.
  func problems(at now: Int64) -> [(name: String, problem: Problem)] {
    files.compactMap { file in
      if let trouble = file.trouble { return (file.name, trouble) }
      guard file.runs >= Self.patientRuns, now - file.since >= patience.milliseconds else {
        return nil
      }
      let since = WireTime.text(epochMilliseconds: file.since, zone: zone)
      return (
        file.name,
        Problem(
          "waits", at: Place(file: "Inbox/\(file.name)"),
          "it has waited since \(since): \(file.reason)",
          remedy: "Have the POS bring what it waits for, or take the file out of the inbox.",
          category: .ours)
      )
    }
  }
}

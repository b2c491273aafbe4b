package import LedgerStore
package import OutboxFiles
package import Records

/// Gives orders, and changes of orders, to the POS as files: each exactly once, whoever is killed
/// when, and although the POS takes files away at any moment.
///
/// A batch goes through these stages; the ledger's compare-and-set decides who releases what:
///
/// 1. Each order's file is made, and staged whole in a hidden folder beside its place.
/// 2. The ledger holds, durable, which staged file is the one; and so does a file outside it, for
///    the case that the ledger is copied back from a backup.
/// 3. The files get their final names, never over another file.
/// 4. The ledger holds that they were released.
///
/// What a crash left between 2 and 4 is ended first: a staged file that is still there gets its
/// name, and one that is gone was released.
package struct OutboxRelease {
  private let ledger: Ledger
  private let scope: Scope
  private let outbox: Outbox
  private let mappings: OrderMappings
  private let now: () -> Int64
  private let moves: () -> Void
  private let bootId = BootId.current

  /// How many files go together.
  private static let batch = 256

  /// - Parameter moves: hears of each order that is made into a file.
  package init(
    ledger: Ledger, scope: Scope, outbox: Outbox, mappings: OrderMappings,
    now: @escaping () -> Int64, moves: @escaping () -> Void = {}
  ) {
    self.ledger = ledger
    self.scope = scope
    self.outbox = outbox
    self.now = now
    self.moves = moves
    self.mappings = mappings
  }

  /// Writes what is recorded by now and can be written.
  ///
  /// - Parameter isInsistent: whether what was put off is tried as well: a person may have fixed
  ///   what kept it.
  /// - Throws: where the ledger fails; everything else is in the report, and its order waits.
  package func pass(into report: inout OutboxReport, isInsistent: Bool = false) throws(Problem) {
    try endUnderWay(isInsistent, &report)
    let used = try ledger.usedMappings(scope)
    let maker = mappings.maker(used, &report)
    try ledger.note(mappings.unseen(by: used), scope, at: now())
    try mappings.keep(at: now())
    if isInsistent || mappings.areNew { try ledger.hurryReleases(scope) }
    var seen: Set<Int64> = []
    let newest = try ledger.newestRelease()
    while let maker {
      let due = try ledger.openReleases(
        scope, upTo: newest, limit: Self.batch, dueAt: now())
      let batch = due.filter { seen.insert($0.id).inserted }
      if batch.isEmpty { break }
      try write(batch, maker, used, &report)
    }
    report.waiting = try ledger.waitingReleases(scope)
    report.held = try ledger.heldReleaseCount(scope)
    report.reasons = report.waiting > 0 ? try ledger.waitingReasons(scope) : []
    // What kept one of them is over, so the others' next try need not wait.
    if report.hasRecovered, report.waiting > 0 { try ledger.hurryReleases(scope) }
  }

  /// Removes staged files that a crash left before anybody claimed them.
  func sweep() throws(Problem) {
    outbox.removeStrays(knownTemporaries: try ledger.releaseTemporaries())
  }

  /// Ends what a crash, or another process at this very moment, left between claim and end.
  private func endUnderWay(
    _ isInsistent: Bool, _ report: inout OutboxReport
  ) throws(Problem) {
    let now = now()
    let due = try ledger.releasesUnderWay(scope).filter { isInsistent || $0.isDue(at: now) }
    let underWay = due.compactMap { release in
      release.file.map { Claimed(release: release, file: $0, staged: StagedFile($0)) }
    }
    try end(underWay, isRecovery: true, &report)
  }

  private func write(
    _ batch: [Release], _ maker: OrderFile, _ used: Set<UsedMapping>, _ report: inout OutboxReport
  ) throws(Problem) {
    let made = try make(batch, maker, used, &report)
    let staged = try stage(made, &report)
    try end(try claim(staged), isRecovery: false, &report)
  }

  private struct Made {
    let release: Release
    var file: OutboxFile
  }

  private struct Staged {
    let release: Release
    let file: OutboxFile
    let staged: StagedFile
  }

  private struct Claimed {
    let release: Release
    var file: ReleaseFile
    let staged: StagedFile
  }

  private func make(
    _ batch: [Release], _ maker: OrderFile, _ used: Set<UsedMapping>, _ report: inout OutboxReport
  ) throws(Problem) -> [Made] {
    var made: [Made] = []
    var using: Set<UsedMapping> = []
    var kept: [Kept] = []
    var sound: Set<String> = []
    for release in batch {
      moves()
      do throws(Problem) {
        let file = try maker.file(of: release)
        if let flag = file.flag { try ledger.flag(release, flag, at: now()) }
        let folder = file.file.fixedFolder
        if sound.insert(folder).inserted { try makeFirstFolder(folder) }
        if let mapping = file.mapping { using.insert(mapping) }
        made.append(Made(release: release, file: file.file))
      } catch {
        if error.isLedgerTrouble { throw error }
        kept.append(Kept(release: release, problem: error.withoutCustomers))
      }
    }
    try ledger.note(using.subtracting(used), scope, at: now())
    try postpone(kept, &report)
    return made
  }

  /// A folder that nothing was ever released into is new; one that was there before and is missing
  /// lies on a disk or share that went away.
  private func makeFirstFolder(_ folder: String) throws(Problem) {
    guard !folder.isEmpty, outbox.problem(with: folder)?.code == "outbox-missing",
      outbox.problem(with: "")?.code != "outbox-missing",
      try !ledger.hasReleased(into: folder, scope)
    else { return }
    try outbox.makeFolder(folder)
  }

  private func stage(
    _ made: [Made], _ report: inout OutboxReport
  ) throws(Problem) -> [Staged] {
    var staged: [Staged] = []
    var kept: [Kept] = []
    let results = outbox.stage(made.map(\.file))
    let unmounted = try MountWatch(ledger: ledger, outbox: outbox)
      .problems(with: Set(made.map(\.file.fixedFolder)))
    for (one, result) in zip(made, results) {
      switch result {
      case .success(let file):
        if let problem = unmounted[one.file.fixedFolder] {
          outbox.discard(file)
          kept.append(Kept(release: one.release, problem: problem))
          continue
        }
        staged.append(Staged(release: one.release, file: one.file, staged: file))
      case .failure(let problem): kept.append(Kept(release: one.release, problem: problem))
      }
    }
    let uncertain = outbox.settle(staged.map(\.staged))
    for one in staged {
      guard let problem = uncertain[one.staged] else { continue }
      outbox.discard(one.staged)
      kept.append(Kept(release: one.release, problem: problem))
    }
    try postpone(kept, &report)
    return staged.filter { uncertain[$0.staged] == nil }
  }

  /// Asks the ledger for each, under another name where the first is taken.
  private func claim(_ staged: [Staged]) throws(Problem) -> [Claimed] {
    var claimed: [Claimed] = []
    var asking = staged.map { one in
      Claimed(
        release: one.release,
        file: ReleaseFile(one.staged, one.file, name: one.release.name(one.file), bootId: bootId),
        staged: one.staged)
    }
    while !asking.isEmpty {
      // Where this fails the claims may be durable even so, so nothing is discarded.
      let answers = try ledger.beginReleases(
        asking.map { ReleaseStart(release: $0.release.id, file: $0.file) })
      var again: [Claimed] = []
      for (var one, answer) in zip(asking, answers) {
        switch answer {
        case .won: claimed.append(one)
        case .lost: outbox.discard(one.staged)
        case .nameTaken:
          one.file.name = one.release.nextName(after: one.file.name)
          again.append(one)
        }
      }
      asking = again
    }
    return claimed
  }

  /// Gives claimed files their names.
  private func end(
    _ claimed: [Claimed], isRecovery: Bool, _ report: inout OutboxReport
  ) throws(Problem) {
    var named: [Claimed] = []
    var kept: [Kept] = []
    var doubtful: Set<Int64> = []
    ledger.noteGiven(claimed.map(\.release), scope)
    for one in claimed {
      switch try name(one) {
      case (.released, let one):
        named.append(one)
        report.written.append(one.file.name)
        // Renamed before a power cut and not on the disk then, it may have been taken already.
        if isRecovery, one.file.bootId != bootId { doubtful.insert(one.release.id) }
      case (.alreadyReleased, let one): named.append(one)
      case (.stagingChanged(let problem), let one), (.failed(let problem), let one):
        kept.append(Kept(release: one.release, problem: problem))
      case (.nameTaken, _): break
      }
    }
    let uncertain = outbox.settleReleased(named.map(\.staged))
    for problem in Set(uncertain.values) { report.add(problem) }
    let certain = named.filter { uncertain[$0.staged] == nil }
    try ledger.endReleases(certain.map(\.release.id), at: now(), doubtful: doubtful)
    try postpone(kept, &report)
    report.hasRecovered = report.hasRecovered || certain.contains { $0.release.tries > 0 }
  }

  /// Renames one, under another name where somebody's file has the first.
  private func name(_ one: Claimed) throws(Problem) -> (ReleaseOutcome, Claimed) {
    var one = one
    while true {
      let outcome = outbox.release(one.staged, as: one.file.name)
      guard outcome == .nameTaken else { return (outcome, one) }
      var next = one.release.nextName(after: one.file.name)
      var claim = try ledger.renameRelease(one.release.id, from: one.file.name, to: next)
      while claim == .nameTaken {
        next = one.release.nextName(after: next)
        claim = try ledger.renameRelease(one.release.id, from: one.file.name, to: next)
      }
      // Another process goes on with it.
      if claim == .lost { return (.nameTaken, one) }
      one.file.name = next
    }
  }

  /// Puts off what cannot go now; of a batch it is mostly one reason, and so one transaction.
  private func postpone(_ kept: [Kept], _ report: inout OutboxReport) throws(Problem) {
    for one in kept { report.add(one.problem, keeping: one.release) }
    for (delay, kept) in Dictionary(grouping: kept, by: \.delay) {
      try ledger.postponeReleases(
        kept.map(\.release.id), reason: delay.reason, remedy: delay.remedy,
        nextTryAt: now() + delay.pause)
    }
  }
}

/// A release that cannot go now.
private struct Kept {
  let release: Release
  let problem: Problem

  struct Delay: Hashable {
    let reason: String
    let remedy: String
    /// In milliseconds: a guest waits for what is put off, so it is never long.
    let pause: Int64
  }

  var delay: Delay {
    Delay(
      reason: problem.reason, remedy: problem.remedy, pause: 1000 << Int64(min(release.tries, 4)))
  }
}

extension Release {
  fileprivate func isDue(at now: Int64) -> Bool { (nextTryAt ?? 0) <= now }
}

extension Problem {
  /// Without what a customer may have written: people read logs, and nobody purges them. The word
  /// that a table lacks is needed to fix the table.
  fileprivate var withoutCustomers: Problem {
    var problem = self
    if code != "lookup" { problem.value = nil }
    return problem
  }

  /// What is kept of it in the ledger, which outlives the customer's data: nothing of the value.
  var reason: String {
    let place = place.description
    return place.isEmpty ? message : "\(place): \(message)"
  }
}

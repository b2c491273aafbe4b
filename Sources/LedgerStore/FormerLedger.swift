import Records

/// Whether a ledger was here before, whatever lies in its place now.
struct FormerLedger {
  let state: StateFolder
  let surroundings: LedgerSurroundings?
  let marks: LedgerMarks
  /// Whether a new ledger is to replace it.
  let isReplaced: Bool

  init(state: StateFolder, surroundings: LedgerSurroundings?, isReplaced: Bool = false) {
    self.state = state
    self.surroundings = surroundings
    self.isReplaced = isReplaced
    marks = LedgerMarks(folder: state.path, second: surroundings?.markFolder)
  }

  /// What shows that there was one: a path.
  var evidence: String? {
    if let mark = marks.paths.first { return mark }
    // Whoever makes a ledger makes its file before its log.
    let log = state.database + "-wal"
    if SmallFile.size(of: state.database) == nil, SmallFile.size(of: log) ?? 0 > 0 { return log }
    return surroundings?.trace()
  }

  /// - Parameter isEmpty: whether there is no ledger now, or one that nothing was ever recorded in.
  /// - Throws: `ledger-missing` where there was one before and nobody asked for a new one;
  ///   `ledger-there` where somebody did, and there is one.
  func check(isEmpty: Bool) throws(Problem) {
    let fault = LedgerFault(path: state.database)
    if isReplaced, !isEmpty { throw fault.there }
    if !isReplaced, isEmpty, let evidence { throw fault.missing(evidence) }
  }
}

package import Records

/// A file that was taken, as the ledger knows it. All times are milliseconds since 1970.
package struct FileRecord: Hashable, Sendable {
  /// How far the file has come.
  package enum State: Sendable {
    /// Taken, nothing decided: a run works on it, or died doing so.
    case claimed
    /// Behind a request that is open, or whose end nobody has applied to the file yet. One that goes
    /// back to the inbox, to be taken anew, is decided.
    case waiting
    /// Decided, not yet moved to where it belongs.
    case decided
    /// Decided and in its place.
    case done
  }

  package let id: Int64
  package let scope: Scope
  /// Relative to the inbox.
  package let name: String
  package let mapping: String
  package let recipe: String
  package let stamp: FileStamp
  /// SHA-256 in hex; nothing before the file was read.
  package let digest: String?
  package let workName: String
  /// The original remains in the inbox.
  package let stays: Bool
  /// No later file of its mapping makes up for it.
  package let standsAlone: Bool
  /// Nothing before it is decided.
  package let outcome: FileOutcome?
  /// Where it is to be filed, relative to the inbox; nothing where the original stays, is deleted,
  /// or is not decided.
  package let target: String?
  package let isPlaced: Bool
  package let records: Int
  package let problemCount: Int
  package let summary: String
  package let createdAt: Int64
  /// When it was decided; nothing while it is claimed or waits.
  package let endedAt: Int64?
  /// Why it could not be brought to where it belongs; nil where nothing keeps it.
  package internal(set) var trouble: String?
  /// The report of its problems, relative to the inbox; `nil` where it has none.
  package internal(set) var report: String?

  package var state: State {
    switch outcome {
    case nil: .claimed
    case .waiting where target == nil: .waiting
    default: isPlaced ? .done : .decided
    }
  }
}

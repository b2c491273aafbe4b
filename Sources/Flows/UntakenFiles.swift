import Digests
package import LedgerStore
package import OutboxFiles
package import Records

/// Files that the POS has not taken and that are to be removed, because customers' data is not kept
/// any longer. Before one is removed, `status` names it for a day.
package struct UntakenFiles {
  /// How long a file is named before it is removed, in milliseconds.
  private static let notice: Int64 = 86_400_000
  /// How many are named.
  private static let shown = 5

  private let outbox: Outbox
  private let now: Int64
  private var left: [PurgedFile] = []

  /// - Parameter now: in milliseconds since 1970.
  package init(outbox: Outbox, now: Int64) {
    self.outbox = outbox
    self.now = now
  }

  /// Finds those of which people were told.
  package mutating func look(_ ledger: Ledger, _ scope: Scope) throws(Problem) {
    for file in try ledger.filesToRemove(scope) where file.namedAt != nil {
      if (try? outbox.remove(file, onlyLooks: true)) == .left { left.append(file) }
    }
  }

  /// Removes a file where people were told of it for a day.
  ///
  /// - Returns: what became of it.
  /// - Throws: why it cannot be removed now.
  mutating func remove(_ file: PurgedFile) throws(Problem) -> Outbox.Removal {
    let isDue = file.namedAt.map { now - $0 >= Self.notice } ?? false
    let removal = try outbox.remove(file, onlyLooks: !isDue)
    if removal == .left {
      var file = file
      file.namedAt = file.namedAt ?? now
      left.append(file)
    }
    return removal
  }

  /// The ids of those that are left.
  var releases: [Int64] { left.map(\.release) }

  /// What people must know; `nil` if nothing is left.
  ///
  /// - Parameter zone: of the time from which on files go.
  package func problem(in zone: Zone) -> Problem? {
    guard let first = left.compactMap(\.namedAt).min() else { return nil }
    let names = left.prefix(Self.shown).map(\.name).joined(separator: ", ")
    let more = left.count > Self.shown ? " and \(left.count - Self.shown) more" : ""
    let time = WireTime.text(epochMilliseconds: first + Self.notice, zone: zone)
    return Problem(
      "untaken", at: Place(file: "Outbox"),
      "the POS has not taken what is older than retention: (\(names)\(more)); it is removed from "
        + "\(time) on",
      remedy: "Have the POS take it, or see to these orders and delete the files; retention: in "
        + "connector.yaml says how long later ones are kept.", category: .ours)
  }
}

extension Outbox {
  fileprivate func remove(_ file: PurgedFile, onlyLooks: Bool) throws(Problem) -> Removal {
    guard let digest = Digest(hex: file.digest) else { return .isAnother }
    return try remove(
      file.name, size: file.size, digest: digest, marker: file.marker, temporary: file.temporary,
      onlyLooks: onlyLooks)
  }
}

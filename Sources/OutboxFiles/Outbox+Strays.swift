import DurableFiles
import Records

extension Outbox {
  /// How many folders may lie in each other.
  private static let depthLimit = 16

  /// Removes what crashes left in staging folders before anybody recorded it.
  ///
  /// - Parameters:
  ///   - known: the ``StagedFile/temporary`` of every file that is recorded as being released; read
  ///     from the ledger before the call.
  ///   - age: how long ago a file must have been made, in nanoseconds by the clock of the disk or
  ///     share itself. A file that was just made is on its way into the ledger.
  /// - Returns: how many files were removed. What cannot be looked at now is left for another time.
  @discardableResult
  package func removeStrays(
    knownTemporaries known: Set<String>, olderThan age: Int64 = 3_600_000_000_000
  ) -> Int {
    var sweep = StraySweep(known: Set(known.map(StraySweep.key)), age: age)
    if let folder = try? Folder.openIfThere(path) { sweep.enter(folder, depth: Self.depthLimit) }
    return sweep.removed
  }
}

/// One walk through the outbox, from staging folder to staging folder.
private struct StraySweep {
  let known: Set<Substring>
  let age: Int64
  var removed = 0

  init(known: Set<Substring>, age: Int64) {
    self.known = known
    self.age = age
  }

  /// What file and marker have in common: the staging folder's name and the file's own.
  static func key(_ temporary: String) -> Substring {
    temporary.prefix(2 * StagingFolder.nameLength + 1)
  }

  mutating func enter(_ folder: Folder, depth: Int) {
    guard depth > 0 else { return }
    for name in (try? folder.names(skippingFiles: true)) ?? [] {
      guard name == StagingFolder.parent || !name.hasPrefix("."),
        let inner = try? folder.folder(name)
      else { continue }
      if name == StagingFolder.parent {
        for home in (try? StagingFolder.homes(in: inner)) ?? [] { clean(home) }
      } else {
        enter(inner, depth: depth - 1)
      }
    }
  }

  /// Removes regular files of this program's user that staging may have made.
  private mutating func clean(_ home: Folder) {
    let names = (try? home.names()) ?? []
    let strays = names.filter { name in
      StagingFolder.isTemporary(name) && !known.contains(Self.key("\(home.path.name)/\(name)"))
    }
    guard !strays.isEmpty, let now = try? Self.now(in: home) else { return }
    for name in strays {
      guard let status = try? home.status(of: name), status.isRegular, home.isOwn(status.owner),
        now &- status.stamp.changed > age, (try? home.remove(name)) != nil
      else { continue }
      removed += 1
    }
  }

  /// The time on the clock that gives files their times, which on a share is another machine's.
  private static func now(in home: Folder) throws(FileFault) -> Int64 {
    let probe = FileName.random() + StagingFolder.ending
    let file = try OpenFile(making: probe, in: home)
    defer { try? home.remove(probe) }
    return try file.status().stamp.changed
  }
}

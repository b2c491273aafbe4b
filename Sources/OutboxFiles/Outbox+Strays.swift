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
    sweep.enter(path, depth: Self.depthLimit)
    return sweep.removed
  }
}

/// One walk through the outbox, from staging folder to staging folder.
private struct StraySweep {
  let known: Set<Substring>
  let age: Int64
  var removed = 0
  private var seen: Set<Identity> = []

  private struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64
  }

  init(known: Set<Substring>, age: Int64) {
    self.known = known
    self.age = age
  }

  /// What file and marker have in common: the staging folder's name and the file's own.
  static func key(_ temporary: String) -> Substring {
    temporary.prefix(2 * StagingFolder.nameLength + 1)
  }

  /// Folders may be linked from elsewhere, so each is entered once.
  mutating func enter(_ folder: FilePath, depth: Int) {
    guard depth > 0, let stamp = try? FileStatus.of(folder.appending("."))?.stamp,
      seen.insert(Identity(device: stamp.device, inode: stamp.inode)).inserted
    else { return }
    for name in (try? FolderEntries.names(in: folder, onlyFolders: true)) ?? [] {
      if name == StagingFolder.parent {
        let parent = folder.appending(name)
        for home in (try? StagingFolder.homes(in: parent)) ?? [] {
          clean(parent.appending(home))
        }
      } else if !name.hasPrefix(".") {
        enter(folder.appending(name), depth: depth - 1)
      }
    }
  }

  private mutating func clean(_ home: FilePath) {
    let names = (try? FolderEntries.names(in: home)) ?? []
    let strays = names.filter { !known.contains(Self.key("\(home.name)/\($0)")) }
    guard !strays.isEmpty, let now = try? Self.now(in: home) else { return }
    for name in strays {
      let stray = home.appending(name)
      guard let made = try? FileStatus.of(stray)?.stamp.changed, now &- made > age,
        (try? DurableFile.remove(stray)) != nil
      else { continue }
      removed += 1
    }
  }

  /// The time on the clock that gives files their times, which on a share is another machine's.
  private static func now(in home: FilePath) throws(FileFault) -> Int64 {
    let probe = home.appending(FileName.random() + StagingFolder.ending)
    let file = try OpenFile(making: probe)
    defer { try? DurableFile.remove(probe) }
    return try file.status().stamp.changed
  }
}

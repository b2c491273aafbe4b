import DurableFiles
import LedgerStore
import OutboxFiles
import Records

/// Sees to it that no order goes into the empty folder beneath a share that is not mounted.
struct MountWatch {
  let ledger: Ledger
  let outbox: Outbox

  /// What keeps files from folders; those that were just staged for them count, so it is asked
  /// after staging.
  ///
  /// - Parameter folders: the fixed ones, relative to the outbox.
  func problems(with folders: Set<String>) throws(Problem) -> [String: Problem] {
    var problems: [String: Problem] = [:]
    for folder in folders {
      guard let disks = outbox.disks(to: folder) else { continue }
      let before = try ledger.disks(to: folder)
      if let before, disks < before {
        problems[folder] = problem(with: outbox.path(of: folder).shown)
      } else if disks != before {
        try ledger.record(disks: disks, to: folder)
      }
    }
    return problems
  }

  private func problem(with folder: String) -> Problem {
    Problem(
      "outbox-unmounted", at: Place(file: folder),
      "the disk or share that orders went to is not mounted there any more",
      remedy: "Mount it again; what waits is written then. If orders are to go to the folder that "
        + "is there now, `\(ShellCommand.line("approve", folder))` says so.")
  }
}

import Glibc
package import Records

/// A step that the file system refused. It left everything where it was.
package struct FileFault: Error, Hashable {
  /// What was about to happen to the file; completes "it cannot be …".
  package enum Step: String {
    case read, written, taken, moved, removed, made, saved, used
  }

  package enum Cause: Hashable {
    /// The kernel's error number.
    case system(Int32)
    /// Another file has the name already.
    case nameTaken
    /// Neither where it was nor where it belongs.
    case lost
    /// A folder, a link, a pipe or a device.
    case notAFile
    /// The folder of that name is a link, and none is followed.
    case link(String)
    /// The folder of that name is one of this program's own, and belongs to another user.
    case foreign(String, owner: UInt32)
  }

  package let cause: Cause
  package let step: Step
  package let path: FilePath

  package init(_ cause: Cause, _ step: Step, _ path: FilePath) {
    self.cause = cause
    self.step = step
    self.path = path
  }

  /// With the number that the last system call left behind.
  package static func last(_ step: Step, _ path: FilePath) -> FileFault {
    FileFault(.system(errno), step, path)
  }

  package var isMissing: Bool { cause == .system(ENOENT) }

  /// Whether nothing can stand at that path: a folder on the way to it is missing or no folder, or
  /// the name is longer than any file's.
  var isAbsent: Bool {
    [.system(ENOENT), .system(ENOTDIR), .system(ENAMETOOLONG)].contains(cause)
  }

  /// The same fault, told of what was about to happen to which file.
  package func told(_ step: Step, _ path: FilePath) -> FileFault { FileFault(cause, step, path) }

  /// The fault in words: what happened, and what to do.
  package var problem: Problem {
    let words = words
    return Problem(
      words.code, at: Place(file: path.shown),
      "it cannot be \(step.rawValue) because \(words.reason)", remedy: words.remedy,
      category: cause == .notAFile ? .content : .ours)
  }

  private var words: (code: String, reason: String, remedy: String) {
    switch cause {
    case .system(let number): Self.words(of: number)
    case .nameTaken:
      (
        "name-taken", "another file has that name",
        "Move one of the two away; the next run goes on."
      )
    case .lost:
      (
        "file-lost", "somebody moved or deleted it while it was being worked on",
        "Put the file into its folder of the inbox again if it is still wanted."
      )
    case .notAFile:
      (
        "not-a-file", "it is not a regular file",
        "Put the file itself there: no link, pipe or device."
      )
    case .link(let folder):
      (
        "link", "\(folder) is a link, and none is followed there",
        "Put a folder in its place; what lies elsewhere can be mounted there (mount --bind). Inbox "
          + "and Outbox themselves may be links."
      )
    case .foreign(let folder, let owner):
      (
        "foreign-folder",
        "\(folder) belongs to user \(owner), and must belong to the account that runs the "
          + "connector (user \(geteuid()))",
        "Look at who made it and what it holds. Then move it away, and the connector makes its own; "
          + "or give it to that account with all that it holds (chown -R)."
      )
    }
  }

  private static func words(of number: Int32) -> (code: String, reason: String, remedy: String) {
    switch number {
    case ENOSPC, EDQUOT:
      (
        "disk-full", "no space is left on the disk",
        "Free some space; the next run goes on where this one stopped."
      )
    case EACCES, EPERM:
      (
        "no-permission", "the account that runs the connector (user \(geteuid())) may not do that",
        "Give that account the right to read and write the file and its folder."
      )
    case EROFS:
      ("read-only", "the disk is mounted read-only", "Mount it so that it can be written.")
    case ENOTDIR:
      (
        "not-a-folder", "a file stands where a folder belongs", "Move that file away."
      )
    case ENOENT:
      (
        "no-such-file", "there is no such file or folder",
        "Look whether somebody moved it, or whether a disk or a share is not mounted."
      )
    case EIO, ESTALE, ENODEV, ENXIO, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ENOTCONN:
      (
        "disk-error", "the disk or share does not answer (\(String(cString: strerror(number))))",
        "Look at the disk or at the connection to the share; the next run tries again."
      )
    case EMFILE, ENFILE:
      (
        "too-many-open-files", "too many files are open at once",
        "Raise the limit of open files (`ulimit -n`) for the connector."
      )
    case ENAMETOOLONG:
      ("name-too-long", "its name is too long", "Give it a shorter name.")
    default:
      (
        "file-system", "the system refuses (\(String(cString: strerror(number))))",
        "Look at the disk; the next run tries again."
      )
    }
  }
}

/// Runs steps on files for a caller that knows only problems.
package func explained<Result>(
  _ steps: () throws(FileFault) -> Result
) throws(Problem) -> Result {
  do { return try steps() } catch { throw error.problem }
}

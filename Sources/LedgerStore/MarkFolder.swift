import Glibc
import Records

/// A folder that holds a ledger's mark, and what it has given to the POS.
///
/// The folder must belong to the program's user, and no link is followed: others may write to the
/// folder that it lies in.
struct MarkFolder: Sendable {
  /// The folder's path.
  let path: String

  static let mark = "ledger.mark"
  /// Keys of what was given to the POS, a line each; ``older`` holds those before them.
  static let written = "ledger.written"
  static let older = "ledger.written.old"

  /// The mark; `nil` where there is none that can be trusted.
  func readMark() -> LedgerMark? { text(of: Self.mark).flatMap { LedgerMark(text: $0) } }

  /// Replaces the mark, durable, unless a later one of the same ledger is there.
  ///
  /// Nothing is written while the folder that it lies in is missing, which every run reports.
  func write(_ mark: LedgerMark) throws(Problem) {
    let parent = path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    if access(parent.joined(separator: "/"), F_OK) != 0, errno == ENOENT { return }
    if let old = readMark(), old.ledger == mark.ledger, old.generation >= mark.generation { return }
    try replace(Self.mark, with: mark.text)
  }

  /// Whether it was ever begun to note what is given to the POS.
  var hasWritten: Bool { SmallFile.size(of: "\(path)/\(Self.written)") != nil }

  /// What was noted as given to the POS; `nil` where nothing ever was.
  func readWritten() -> Set<String>? {
    let texts = [Self.older, Self.written].compactMap(text)
    if texts.isEmpty { return nil }
    return Set(texts.joined(separator: "\n").split(separator: "\n").map(String.init))
  }

  /// Notes more keys, durable.
  func addWritten(_ keys: [String]) throws(Problem) {
    // A line that a kill has torn must not run into the next one.
    let text = keys.map { "\n\($0)" }.joined() + "\n"
    try inside { folder in
      let flags = O_WRONLY | O_APPEND | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC
      let file = openat(folder, Self.written, flags, 0o600)
      guard file >= 0 else { return errno }
      defer { close(file) }
      return Self.fill(file, text)
    }
  }

  /// Starts ``written`` anew once it is long; what is forgotten then is long past.
  func limitWritten(to limit: Int64 = 16 << 20) {
    guard SmallFile.size(of: "\(path)/\(Self.written)") ?? 0 > limit else { return }
    try? inside { renameat($0, Self.written, $0, Self.older) == 0 ? 0 : errno }
  }

  private func replace(_ name: String, with text: String) throws(Problem) {
    try inside { folder in
      let temporary = ".\(name).tmp"
      unlinkat(folder, temporary, 0)
      let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
      let file = openat(folder, temporary, flags, 0o600)
      guard file >= 0 else { return errno }
      let failure = Self.fill(file, text)
      close(file)
      guard failure == 0 else { return failure }
      guard renameat(folder, temporary, folder, name) == 0 else { return errno }
      return fsync(folder) == 0 || errno == EINVAL ? 0 : errno
    }
  }

  private func text(of name: String) -> String? {
    let folder = open()
    guard folder >= 0 else { return nil }
    defer { close(folder) }
    let file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
    guard file >= 0 else { return nil }
    defer { close(file) }
    return SmallFile.text(of: file, limit: 64 << 20)
  }

  /// Runs `body` with the folder's descriptor; the folder is made where only it is missing.
  ///
  /// - Parameter body: gives 0, or the number of the error.
  private func inside(_ body: (Int32) -> Int32) throws(Problem) {
    var folder = open()
    if folder < 0, errno == ENOENT, mkdir(path, 0o700) == 0 { folder = open() }
    guard folder >= 0 else { throw problem(errno) }
    defer { close(folder) }
    let number = body(folder)
    if number != 0 { throw problem(number) }
  }

  private func open() -> Int32 {
    let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard folder >= 0 else { return -1 }
    var status = stat()
    if fstat(folder, &status) == 0, status.st_uid == geteuid() { return folder }
    close(folder)
    errno = EPERM
    return -1
  }

  private static func fill(_ file: Int32, _ text: String) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var done = 0
      while done < bytes.count {
        let count = Glibc.write(file, bytes.baseAddress! + done, bytes.count - done)
        if count < 0 && errno == EINTR { continue }
        guard count > 0 else { return errno }
        done += count
      }
      return fdatasync(file) == 0 ? 0 : errno
    }
  }

  private func problem(_ number: Int32) -> Problem {
    Problem(
      "ledger-mark", at: Place(file: "\(path)/\(Self.mark)"),
      "the ledger's mark cannot be written: \(String(cString: strerror(number)))",
      remedy: """
        Let the connector's user own the folder and write to it. Without the mark a ledger that is \
        put back from a backup is not noticed.
        """, category: .ours)
  }
}

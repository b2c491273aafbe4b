import Glibc
import Records

/// The folder that holds the ledger and the locks.
struct StateFolder {
  let path: String

  var database: String { path + "/ledger.sqlite" }
  var openingLock: String { path + "/opening.lock" }
  var runLock: String { path + "/run.lock" }

  init(path: String) {
    // SQLite may read a name that begins with `file:` as an address.
    self.path = path.hasPrefix("/") ? path : "./" + path
  }

  /// Creates the folder (0700) where it is missing, and makes sure that a ledger can live there.
  ///
  /// - Returns: what a person should know although it is no hindrance.
  func prepare() throws(Problem) -> [Problem] {
    try create(path)
    guard access(path, R_OK | W_OK | X_OK) == 0 else {
      throw unusable("the folder of the ledger cannot be written", errno)
    }
    try checkAccess()
    return try checkStorage(MountTable.type(of: path))
  }

  /// Refuses a folder into which others can write: they could put another ledger there.
  func checkAccess() throws(Problem) {
    guard let fault = FolderAccess.fault(of: path) else { return }
    throw Problem(
      "ledger-open-to-others", at: Place(file: path),
      "others on this machine can write into the folder of the ledger (\(fault.words))",
      remedy: "\(fault.remedy).", category: .ledger)
  }

  /// What keeps the connector's own user from using the ledger although it is there; others need not
  /// be able to write it.
  func ownersProblem() -> Problem? {
    var status = stat()
    guard stat(path, &status) == 0, isOwn else { return nil }
    guard access(path, R_OK | W_OK | X_OK) == 0 else {
      return unusable("the folder of the ledger cannot be written", errno)
    }
    let files = [database, database + "-wal", database + "-shm", openingLock, runLock]
    for file in files where access(file, R_OK | W_OK) != 0 && errno != ENOENT {
      return unusable("\(file) cannot be written", errno)
    }
    return nil
  }

  /// Whether the folder is this process's, or there is none.
  var isOwn: Bool {
    var status = stat()
    if stat(path, &status) != 0 { return errno == ENOENT }
    return status.st_uid == geteuid() || geteuid() == 0
  }

  /// Makes sure that one can know whether there is a ledger.
  func checkVisibility() throws(Problem) {
    var status = stat()
    guard stat(database, &status) != 0, errno != ENOENT else { return }
    let reason = String(cString: strerror(errno))
    throw Problem(
      "ledger-unreadable", at: Place(file: path), "the ledger cannot be looked at: \(reason)",
      remedy: "Run this as the user that runs the connector, who owns the folder.",
      category: .ledger)
  }

  /// Refuses a type of file system that cannot keep the ledger whole.
  func checkStorage(_ type: String?) throws(Problem) -> [Problem] {
    switch Storage(type: type) {
    case .local: return []
    case .network(let type):
      throw Problem(
        "ledger-on-network", at: Place(file: path), value: type,
        "the ledger would lie on a network file system, where its locks do not hold",
        remedy: "Set `state:` in connector.yaml to a folder on a disk of this machine.",
        category: .ledger)
    case .doubtful(let type):
      let problem = Problem(
        "ledger-on-shared-folder", at: Place(file: path), value: type,
        "the ledger lies on a file system whose locks may not hold",
        remedy: "Set `state:` in connector.yaml to a folder on a disk of this machine.")
      return [problem]
    }
  }

  /// Creates the database's file, empty, readable by its owner alone, if it is missing.
  func createDatabase() throws(Problem) {
    let descriptor = open(database, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { return }
      throw unusable("the ledger cannot be created", errno)
    }
    close(descriptor)
  }

  private func create(_ path: String) throws(Problem) {
    var status = stat()
    if stat(path, &status) == 0 {
      if status.st_mode & S_IFMT == S_IFDIR { return }
      throw unusable("the folder of the ledger cannot be created", ENOTDIR)
    }
    let parent = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    if !parent.isEmpty { try create(parent) }
    guard mkdir(path, 0o700) == 0 || errno == EEXIST else {
      throw unusable("the folder of the ledger cannot be created", errno)
    }
    sync(parent.isEmpty ? "/" : parent)
  }

  /// Makes the names in a folder durable: after a power cut the ledger must still be found.
  private func sync(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }

  private func unusable(_ message: String, _ code: Int32) -> Problem {
    Problem(
      "ledger-unwritable", at: Place(file: path),
      "\(message): \(String(cString: strerror(code)))",
      remedy: """
        Let the connector's user own the folder, and check that its disk is mounted for writing; \
        or set `state:` in connector.yaml to another folder.
        """, category: .ledger)
  }
}

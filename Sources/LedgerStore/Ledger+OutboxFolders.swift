import GRDB
package import Records

/// How folders of the outbox were reached when files went into them.
extension Ledger {
  /// Of how many disks or shares the way to a folder led when files were last written to it;
  /// nothing where none ever were.
  ///
  /// - Parameter folder: relative to the outbox; empty for the outbox itself.
  package func disks(to folder: String) throws(Problem) -> Int? {
    try read { db in
      try Int.fetchOne(
        db, sql: "SELECT disks FROM outboxFolder WHERE folder = ?", arguments: [folder])
    }
  }

  package func record(disks: Int, to folder: String) throws(Problem) {
    try write { db in
      try db.run(
        "INSERT OR REPLACE INTO outboxFolder (folder, disks) VALUES (?, ?)", [folder, disks])
    }
  }

  /// Forgets it: a person says that what is there now is right.
  ///
  /// - Returns: whether anything was known of the folder.
  package func forgetDisks(to folder: String) throws(Problem) -> Bool {
    try write { db in
      try db.run("DELETE FROM outboxFolder WHERE folder = ?", [folder])
      return db.changesCount > 0
    }
  }
}

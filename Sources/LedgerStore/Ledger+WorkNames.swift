import GRDB
package import Records

extension Ledger {
  /// Where the files are worked on that are not filed away yet, in all scopes.
  package func workNames() throws(Problem) -> Set<String> {
    try read { db in
      try String.fetchSet(db.cachedStatement(sql: "SELECT workName FROM file WHERE isPlaced = 0"))
    }
  }
}

import GRDB
package import Records

extension Ledger {
  /// Every payload file that the ledger refers to, in all scopes; what else lies beside them is
  /// left over from a run that was killed.
  package func pathsInUse() throws(Problem) -> Set<String> {
    try read { try $0.pathsInUse() }
  }
}

extension Database {
  /// Those of `paths` that nothing in the ledger refers to any more, in order.
  func unused(_ paths: Set<String>) throws -> [String] {
    paths.isEmpty ? [] : paths.subtracting(try pathsInUse()).sorted()
  }

  fileprivate func pathsInUse() throws -> Set<String> {
    try String.fetchSet(
      cachedStatement(
        sql: """
          SELECT bodyPath FROM request WHERE state = 'open'
          UNION SELECT basePath FROM request WHERE state = 'open'
          UNION SELECT payloadPath FROM accepted
          UNION SELECT path FROM part
          UNION SELECT path FROM openPart
          """))
  }
}

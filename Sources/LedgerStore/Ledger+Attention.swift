import GRDB
package import Records

extension Ledger {
  /// What a person must look at, and what is still under way.
  package func attention(_ scope: Scope) throws(Problem) -> Attention {
    try read { db in
      let id = try db.scopeId(scope)
      return Attention(
        rejected: try db.unsettled(.rejected, scope: id),
        held: try db.unsettled(.held, scope: id),
        partial: try db.partial(scope: id),
        refused: try db.requests(
          """
          WHERE request.scopeId = ? AND request.state IN ('refused', 'givenUp') AND NOT EXISTS (
            SELECT 1 FROM request AS later
            WHERE later.scopeId = request.scopeId AND later.store = request.store
              AND later.api = request.api AND later.state = 'accepted' AND later.id > request.id)
          ORDER BY request.id
          """, [id]),
        open: try db.requests(
          "WHERE request.scopeId = ? AND request.state = 'open' ORDER BY request.id", [id]))
    }
  }
}

extension Database {
  /// Finds a good file of the same mapping that followed `file`; one that stands alone is made up
  /// for by one of its name only.
  static let laterGoodFile = """
    SELECT 1 FROM file AS later
    WHERE later.scopeId = file.scopeId AND later.mapping = file.mapping
      AND (later.name = file.name OR NOT file.standsAlone)
      AND later.outcome IN ('sent', 'unchanged') AND later.id > file.id
    """

  /// Files that ended so, that no good one made up for, and that were not taken up again.
  fileprivate func unsettled(_ outcome: FileOutcome, scope: Int64?) throws -> [FileRecord] {
    try files(
      """
      WHERE file.scopeId = ? AND file.outcome = ? AND NOT EXISTS (\(Self.laterGoodFile))
        AND NOT EXISTS (
          SELECT 1 FROM file AS again
          WHERE again.scopeId = file.scopeId AND again.mapping = file.mapping
            AND again.name = file.name AND again.digest = file.digest AND again.id > file.id
            AND again.outcome IS NOT NULL)
      ORDER BY file.id
      """, [scope, outcome.rawValue])
  }

  /// The same of files that went on without their bad records. The same content makes up for nothing
  /// unless another mapping reads it; where it has bad records again it stands for the one before.
  fileprivate func partial(scope: Int64?) throws -> [FileRecord] {
    try files(
      """
      WHERE file.scopeId = ? AND file.report IS NOT NULL AND file.problemCount > 0
        AND file.outcome IN ('sent', 'unchanged')
        AND NOT EXISTS (\(Self.laterGoodFile)
          AND (later.digest IS NOT file.digest
            OR later.recipe <> file.recipe AND later.problemCount = 0
            OR later.name = file.name AND later.report IS NOT NULL))
      ORDER BY file.id
      """, [scope])
  }
}

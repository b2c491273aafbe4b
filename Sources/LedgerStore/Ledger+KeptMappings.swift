import FoundationEssentials
import GRDB
package import Records

/// The last version of each mapping of orders that could be used.
extension Ledger {
  /// - Returns: those that are kept, by name.
  package func keptMappings(_ scope: Scope) throws(Problem) -> [KeptMapping] {
    try read { db in
      let kept = try db.list(
        "SELECT id, name, text, digest, since FROM keptMapping WHERE scopeId = ? ORDER BY name",
        [try db.scopeId(scope)]
      ) { row in
        (
          id: row[0] as Int64, name: row[1] as String, text: try row.bytes(at: 2),
          digest: row[3] as String, since: row[4] as Int64
        )
      }
      return try kept.map { one in
        let parts = try db.list(
          "SELECT name, bytes FROM keptMappingPart WHERE mapping = ?", [one.id]
        ) { row in (row[0] as String, try row.bytes(at: 1) ?? []) }
        return KeptMapping(
          name: one.name, text: one.text,
          parts: Dictionary(uniqueKeysWithValues: parts), digest: one.digest, since: one.since)
      }
    }
  }

  /// Keeps versions of mappings, in place of those that were kept before of the same names.
  ///
  /// - Parameters:
  ///   - names: the mappings that are there now. Others are kept until a person gives them up
  ///     (``giveUp(mapping:_:at:)``), or until they are old.
  ///   - old: from before this moment, in milliseconds since 1970.
  ///   - now: in milliseconds since 1970.
  package func keep(
    _ mappings: [KeptMapping], besides names: [String], olderThan old: Int64, _ scope: Scope,
    at now: Int64
  ) throws(Problem) {
    let known = try read { db in
      Set(
        try db.list(
          "SELECT digest FROM keptMapping WHERE scopeId = ?", [try db.scopeId(scope)]
        ) { $0[0] as String })
    }
    let news = mappings.filter { !known.contains($0.digest) }
    if news.isEmpty { return }
    try write { db in
      let id = try db.newScopeId(scope)
      try db.forgetMappings(id, besides: names, olderThan: old)
      for mapping in news { try db.keep(mapping, id, at: now) }
    }
  }
}

extension Database {
  fileprivate func keep(_ mapping: KeptMapping, _ scope: Int64, at now: Int64) throws {
    try forget(mapping: mapping.name, scope)
    try run(
      "INSERT INTO keptMapping (scopeId, name, text, digest, since) VALUES (?, ?, ?, ?, ?)",
      [scope, mapping.name, mapping.text.map { Data($0) }, mapping.digest, now])
    let id = lastInsertedRowID
    for (name, bytes) in mapping.parts {
      try run(
        "INSERT INTO keptMappingPart (mapping, name, bytes) VALUES (?, ?, ?)",
        [id, name, Data(bytes)])
    }
  }

  /// Forgets what is kept of a mapping.
  func forget(mapping name: String, _ scope: Int64?) throws {
    try run("DELETE FROM keptMapping WHERE scopeId = ? AND name = ?", [scope, name])
  }

  fileprivate func forgetMappings(
    _ scope: Int64, besides names: [String], olderThan old: Int64
  ) throws {
    let kept = try list(
      "SELECT name FROM keptMapping WHERE scopeId = ? AND since < ?", [scope, old]
    ) { $0[0] as String }
    for name in kept where !names.contains(name) { try forget(mapping: name, scope) }
  }
}

import GRDB
package import Records

extension Ledger {
  /// Records that D-Store accepted a request: its payload is the store's base from now on.
  ///
  /// - Parameter files: what becomes of the files behind it, decided in the same transaction.
  /// - Returns: paths that the ledger refers to no more, to be deleted: the previous base, and the
  ///   body where it is not the base itself.
  @discardableResult
  package func accept(
    _ requestId: String, _ delivery: Delivery, files: [FileDecision] = [], at now: Int64
  ) throws(Problem) -> [String] {
    try end(requestId, .accepted, delivery, files: files, at: now) { db, row in
      try db.run(
        """
        INSERT INTO accepted (scopeId, store, requestId, catalogue, payloadPath, productsDigest,
          recipe, sourceDigest, productCount, acceptedAt, isKnown)
        SELECT scopeId, store, requestId, catalogue, basePath, productsDigest, recipe,
          sourceDigest, productCount, ?, 1 FROM request WHERE id = ?
        ON CONFLICT (scopeId, store) DO UPDATE SET
          requestId = excluded.requestId, catalogue = excluded.catalogue,
          payloadPath = excluded.payloadPath, productsDigest = excluded.productsDigest,
          recipe = excluded.recipe, sourceDigest = excluded.sourceDigest,
          productCount = excluded.productCount, acceptedAt = excluded.acceptedAt, isKnown = 1
        """, [now, row])
    }
  }

  /// Records that D-Store refused a request; the store's base is what it was.
  ///
  /// - Returns: paths that the ledger refers to no more.
  @discardableResult
  package func refuse(
    _ requestId: String, _ delivery: Delivery, files: [FileDecision] = [], at now: Int64
  ) throws(Problem) -> [String] {
    try end(requestId, .refused, delivery, files: files, at: now) { _, _ in }
  }

  /// Records that a request is not tried any more. D-Store may have it or not, so the store's base
  /// is unknown and the next sync must be a full one.
  ///
  /// - Returns: paths that the ledger refers to no more.
  @discardableResult
  package func giveUp(
    _ requestId: String, files: [FileDecision] = [], at now: Int64
  ) throws(Problem) -> [String] {
    try end(requestId, .givenUp, nil, files: files, at: now) { db, row in
      try db.run(
        """
        UPDATE accepted SET isKnown = 0
        WHERE (scopeId, store) = (SELECT scopeId, store FROM request WHERE id = ?)
        """, [row])
    }
  }

  private func end(
    _ requestId: String, _ state: SyncRequest.State, _ delivery: Delivery?,
    files: [FileDecision], at now: Int64, _ effect: (Database, Int64) throws -> Void
  ) throws(Problem) -> [String] {
    let fault = LedgerFault(path: path)
    return try write { db in
      let row = try db.openRequest(requestId, fault)
      if let delivery { try db.append(delivery, to: row, at: now) }
      let paths = try db.paths(of: row)
      try effect(db, row)
      try db.endOpenPart(of: row, isAccepted: state == .accepted)
      try db.run(
        "UPDATE request SET state = ?, nextTryAt = NULL, endedAt = ? WHERE id = ?",
        [state.rawValue, now, row])
      for file in files { try db.decide(file, at: now, fault) }
      return try db.unused(paths)
    }
  }
}

extension Database {
  /// The paths that a request and the store's base name before the request ends.
  fileprivate func paths(of request: Int64) throws -> Set<String> {
    try String.fetchSet(
      self,
      sql: """
        SELECT bodyPath FROM request WHERE id = ?1
        UNION SELECT basePath FROM request WHERE id = ?1
        UNION SELECT payloadPath FROM accepted JOIN request USING (scopeId, store)
          WHERE request.id = ?1
        UNION SELECT path FROM openPart WHERE request = ?1
        UNION SELECT part.path FROM part JOIN openPart USING (scopeId, store, mapping)
          WHERE openPart.request = ?1
        """, arguments: [request])
  }
}

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
      try db.loseBase(of: row)
    }
  }

  private func end(
    _ requestId: String, _ state: SyncRequest.State, _ delivery: Delivery?,
    files: [FileDecision], at now: Int64, _ effect: (Database, Int64) throws -> Void
  ) throws(Problem) -> [String] {
    let fault = LedgerFault(path: path)
    return try write { db in
      let paths = try db.end(requestId, state, delivery, at: now, fault, effect)
      for file in files { try db.decide(file, at: now, fault) }
      return try db.unused(paths)
    }
  }
}

extension Database {
  /// Gives a request up for a newer one of its store; what D-Store has is unknown then.
  ///
  /// - Returns: the paths that it and the store's base named.
  func supersede(_ requestId: String, at now: Int64, _ fault: LedgerFault) throws -> Set<String> {
    try end(requestId, .superseded, nil, at: now, fault) { db, row in try db.loseBase(of: row) }
  }

  /// - Returns: the paths that the request and the store's base named before.
  fileprivate func end(
    _ requestId: String, _ state: SyncRequest.State, _ delivery: Delivery?, at now: Int64,
    _ fault: LedgerFault, _ effect: (Database, Int64) throws -> Void
  ) throws -> Set<String> {
    let row = try openRequest(requestId, fault)
    if let delivery { try append(delivery, to: row, at: now) }
    let paths = try paths(of: row)
    try effect(self, row)
    try endOpenPart(of: row, isAccepted: state == .accepted)
    try run(
      "UPDATE request SET state = ?, nextTryAt = NULL, endedAt = ? WHERE id = ?",
      [state.rawValue, now, row])
    return paths
  }

  fileprivate func loseBase(of request: Int64) throws {
    try run(
      """
      UPDATE accepted SET isKnown = 0
      WHERE (scopeId, store) = (SELECT scopeId, store FROM request WHERE id = ?)
      """, [request])
  }

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

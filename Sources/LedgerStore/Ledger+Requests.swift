import GRDB
package import Records

extension Ledger {
  /// Records requests, durable before the first byte is sent, together with the files behind all
  /// of them, which wait from now on.
  ///
  /// All or none: a file that speaks of several stores must not be forgotten for one of them.
  /// - Parameters:
  ///   - counts: how many records the files hold, and how many problems.
  ///   - report: the report of these problems, relative to the inbox.
  ///   - parts: by request, the part of a catalogue that is in force once it is accepted.
  ///   - earlier: undecided requests of the same stores that are given up for these.
  /// - Returns: paths that the ledger refers to no more.
  /// - Throws: `open-request` where a store has another one that is not decided yet.
  @discardableResult
  package func open(
    _ requests: [SyncRequest], files: [Int64], counts: (records: Int, problems: Int) = (0, 0),
    report: String? = nil, parts: [String: Part] = [:], replacing earlier: [SyncRequest] = []
  ) throws(Problem) -> [String] {
    let files = files.map {
      SourceFile(id: $0, records: counts.records, problems: counts.problems, report: report)
    }
    return try open(
      requests.map { request in
        RequestOpening(request, files: files, parts: parts[request.requestId].map { [$0] } ?? [])
      }, replacing: earlier)
  }

  /// The same, where each request has files of its own.
  @discardableResult
  package func open(
    _ openings: [RequestOpening], replacing earlier: [SyncRequest] = []
  ) throws(Problem) -> [String] {
    let fault = LedgerFault(path: path)
    let now = openings.map(\.request.createdAt).max() ?? 0
    return try write { db in
      var paths: Set<String> = []
      for request in earlier {
        paths.formUnion(try db.supersede(request.requestId, at: now, fault))
      }
      for opening in openings {
        let scope = try db.newScopeId(opening.request.scope)
        try db.insert(opening.request, scope: scope, fault)
        let row = db.lastInsertedRowID
        for file in opening.files { try db.attach(file, to: row, fault) }
        for part in opening.parts { try db.setOpenPart(part, of: row) }
      }
      return try db.unused(paths)
    }
  }

  /// Requests that are not decided, oldest first.
  ///
  /// - Parameter store: nothing for all stores.
  package func openRequests(
    _ scope: Scope, store: String? = nil
  ) throws(Problem) -> [SyncRequest] {
    try read { db in
      try db.requests(
        """
        WHERE request.state = 'open' AND request.scopeId = ?
          AND (?2 IS NULL OR request.store = ?2) ORDER BY request.id
        """, [try db.scopeId(scope), store])
    }
  }

  /// Lets everything be sent at once that was put off.
  package func hurryRequests(_ scopes: [Scope]) throws(Problem) {
    try write { db in
      for scope in scopes {
        try db.run(
          "UPDATE request SET nextTryAt = NULL WHERE scopeId = ? AND state = 'open'",
          [try db.scopeId(scope)])
      }
    }
  }

  /// Whether D-Store refused what a catalogue made for a store, or it was given up, and nothing was
  /// accepted for that store since.
  package func hasRefused(_ scope: Scope, catalogue: String) throws(Problem) -> Bool {
    try read { db in
      let statement = try db.cachedStatement(
        sql: """
          SELECT EXISTS (SELECT 1 FROM request
            WHERE scopeId = ? AND catalogue = ? AND state IN ('refused', 'givenUp')
              AND NOT EXISTS (SELECT 1 FROM request AS later
                WHERE later.scopeId = request.scopeId AND later.store = request.store
                  AND later.api = request.api AND later.state = 'accepted'
                  AND later.id > request.id))
          """)
      return try Bool.fetchOne(statement, arguments: [try db.scopeId(scope), catalogue]) ?? false
    }
  }

  /// A request by its identity.
  package func request(_ requestId: String) throws(Problem) -> SyncRequest? {
    try read { try $0.requests("WHERE request.requestId = ?", [requestId]).first }
  }

  /// The requests that a file is behind, oldest first.
  package func requests(behind file: Int64) throws(Problem) -> [SyncRequest] {
    try read { db in
      try db.requests(
        """
        WHERE request.id IN (SELECT request FROM requestFile WHERE file = ?) ORDER BY request.id
        """, [file])
    }
  }

  /// The requests that were made last, newest first.
  package func recentRequests(_ scope: Scope, limit: Int) throws(Problem) -> [SyncRequest] {
    try read { db in
      try db.requests(
        "WHERE request.scopeId = ? ORDER BY request.id DESC LIMIT ?",
        [try db.scopeId(scope), limit])
    }
  }
}

extension Database {
  fileprivate func insert(_ request: SyncRequest, scope: Int64, _ fault: LedgerFault) throws {
    let other = try String.fetchOne(
      self,
      sql: """
        SELECT requestId FROM request
        WHERE scopeId = ? AND store = ? AND api = ? AND state = 'open'
        """, arguments: [scope, request.store, request.api])
    if let other { throw fault.openRequest(other, of: request) }
    try run(
      """
      INSERT INTO request (requestId, scopeId, api, store, catalogue, kind, bodyPath, bodyDigest,
        basePath, productsDigest, recipe, sourceDigest, productCount, createdAt)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """,
      [
        request.requestId, scope, request.api, request.store, request.catalogue,
        request.kind.rawValue, request.bodyPath, request.bodyDigest, request.basePath,
        request.productsDigest, request.recipe, request.sourceDigest, request.productCount,
        request.createdAt,
      ])
  }

  fileprivate func attach(
    _ file: SourceFile, to request: Int64, _ fault: LedgerFault
  ) throws {
    try run(
      """
      UPDATE file SET outcome = 'waiting', target = NULL, endedAt = NULL, isPlaced = 0,
        records = ?, problemCount = ?, report = ? WHERE id = ?
      """, [file.records, file.problems, file.report, file.id])
    guard changesCount == 1 else { throw fault.noFile(file.id) }
    try makeKnown(file.id)
    try run("INSERT INTO requestFile (request, file) VALUES (?, ?)", [request, file.id])
  }

  /// Requests with their scope, files and last attempt; `condition` is everything from WHERE on.
  func requests(_ condition: String, _ arguments: StatementArguments) throws -> [SyncRequest] {
    let sql = """
      SELECT request.id, environment, endpoint, clientId, account, requestId, api, store,
        catalogue, kind, bodyPath, bodyDigest, basePath, productsDigest, recipe, sourceDigest,
        productCount, createdAt, state, tries, nextTryAt, endedAt
      FROM request JOIN scope ON scope.id = request.scopeId
      """
    return try list("\(sql) \(condition)", arguments) { row in
      var request = try SyncRequest(row)
      request.last = try attempts(row[0], limit: 1).first
      request.files = try Int64.fetchAll(
        cachedStatement(sql: "SELECT file FROM requestFile WHERE request = ? ORDER BY file"),
        arguments: [row[0] as Int64])
      return request
    }
  }
}

extension SyncRequest {
  fileprivate init(_ row: GRDB.Row) throws {
    self.init(
      requestId: row[5], scope: Scope(row, at: 1), api: row[6], store: row[7], catalogue: row[8],
      kind: try .named(row[9]), bodyPath: row[10], bodyDigest: row[11], basePath: row[12],
      productsDigest: row[13], recipe: row[14], sourceDigest: row[15], productCount: row[16],
      createdAt: row[17])
    state = try .named(row[18])
    tries = row[19]
    nextTryAt = row[20]
    endedAt = row[21]
  }
}

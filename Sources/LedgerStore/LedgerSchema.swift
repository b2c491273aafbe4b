import GRDB

/// The ledger's tables, step by step. A step that was released never changes; new ones follow.
enum LedgerSchema {
  static let migrator: DatabaseMigrator = {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("products") { try $0.execute(sql: products) }
    migrator.registerMigration("orders") { try $0.execute(sql: OrdersSchema.sql) }
    migrator.registerMigration("statuses") { try $0.execute(sql: StatusesSchema.sql) }
    migrator.registerMigration("files that stand alone") { db in
      try db.execute(sql: "ALTER TABLE file ADD COLUMN standsAlone INTEGER NOT NULL DEFAULT 0")
    }
    migrator.registerMigration("refused calls") { try $0.execute(sql: refusedCalls) }
    migrator.registerMigration("folders of the outbox") { db in
      try db.execute(
        sql: """
          CREATE TABLE outboxFolder (folder TEXT PRIMARY KEY, disks INTEGER NOT NULL) WITHOUT ROWID
          """)
    }
    migrator.registerMigration("identity") { try $0.execute(sql: IdentitySchema.sql) }
    migrator.registerMigration("pruning") { try $0.execute(sql: PruningSchema.sql) }
    migrator.registerMigration("files that were set aside") { db in
      try db.execute(sql: "ALTER TABLE file ADD COLUMN trouble TEXT")
    }
    migrator.registerMigration("reports of files") { db in
      try db.execute(
        sql: """
          ALTER TABLE file ADD COLUMN report TEXT;
          CREATE INDEX fileReported ON file (scopeId) WHERE report IS NOT NULL;
          """)
    }
    migrator.registerMigration("several parts of a request") { db in
      try db.execute(sql: openParts)
    }
    migrator.registerMigration("files that are lost") { db in
      try db.execute(
        sql: """
          ALTER TABLE file ADD COLUMN isLost INTEGER NOT NULL DEFAULT 0;
          CREATE INDEX fileLost ON file (id) WHERE isLost = 1;
          """)
    }
    migrator.registerMigration("orders as they came, and what a person can do") { db in
      try db.execute(
        sql: """
          ALTER TABLE orderRelease ADD COLUMN isPlain INTEGER NOT NULL DEFAULT 0;
          ALTER TABLE orderRelease ADD COLUMN remedy TEXT;
          CREATE TABLE orderMapping (
            scopeId INTEGER NOT NULL REFERENCES scope (id), account TEXT NOT NULL,
            kind TEXT NOT NULL, name TEXT NOT NULL, usedAt INTEGER NOT NULL, approvedAt INTEGER,
            PRIMARY KEY (scopeId, account, kind, name)) WITHOUT ROWID;
          """)
    }
    migrator.registerMigration("files named before they are removed") { db in
      try db.execute(sql: "ALTER TABLE orderRelease ADD COLUMN namedAt INTEGER")
    }
    // From here on no step changes what a row refers to: to check all rows of a large ledger after
    // each of them would take long.
    migrator.registerMigration("orders found by few pages", foreignKeyChecks: .immediate) { db in
      try db.execute(sql: OrderKeysSchema.sql)
    }
    migrator.registerMigration("names that follow from ids", foreignKeyChecks: .immediate) { db in
      try db.execute(sql: OrderKeysSchema.names)
    }
    migrator.registerMigration("last good versions of mappings", foreignKeyChecks: .immediate) {
      db in
      try db.execute(sql: keptMappings)
    }
    migrator.registerMigration(
      "stores that mappings of orders served", foreignKeyChecks: .immediate
    ) { db in
      try db.execute(
        sql: """
          ALTER TABLE orderMapping RENAME TO accountMapping;
          CREATE TABLE orderMapping (
            scopeId INTEGER NOT NULL REFERENCES scope (id), account TEXT NOT NULL,
            store TEXT NOT NULL DEFAULT '', kind TEXT NOT NULL, name TEXT NOT NULL,
            usedAt INTEGER NOT NULL, approvedAt INTEGER,
            PRIMARY KEY (scopeId, account, store, kind, name)) WITHOUT ROWID;
          INSERT INTO orderMapping (scopeId, account, kind, name, usedAt, approvedAt)
            SELECT scopeId, account, kind, name, usedAt, approvedAt FROM accountMapping;
          DROP TABLE accountMapping;
          """)
    }
    migrator.registerMigration(
      "calls that were not verified, and refused ones that are settled",
      foreignKeyChecks: .immediate
    ) { db in
      try db.execute(
        sql: """
          CREATE TABLE unverifiedCalls (
            scopeId INTEGER PRIMARY KEY REFERENCES scope (id), count INTEGER NOT NULL,
            firstAt INTEGER NOT NULL, lastAt INTEGER NOT NULL);
          ALTER TABLE refusedCall ADD COLUMN dismissedAt INTEGER;
          """)
    }
    migrator.registerMigration("files that wait", foreignKeyChecks: .immediate) { db in
      try db.execute(
        sql: """
          CREATE TABLE waitingFile (
            scopeId INTEGER NOT NULL REFERENCES scope (id), name TEXT NOT NULL,
            mapping TEXT, reason TEXT NOT NULL, code TEXT, message TEXT, remedy TEXT,
            since INTEGER NOT NULL, runs INTEGER NOT NULL,
            PRIMARY KEY (scopeId, name)) WITHOUT ROWID;
          CREATE TABLE runFailure (
            id INTEGER PRIMARY KEY, scopeId INTEGER NOT NULL REFERENCES scope (id),
            at INTEGER NOT NULL, code TEXT NOT NULL, file TEXT, message TEXT NOT NULL,
            value TEXT, remedy TEXT NOT NULL);
          """)
    }
    return migrator
  }()

  /// Whether no step is missing.
  ///
  /// - Throws: a problem where there are steps that this program does not know.
  static func isComplete(_ db: Database, _ fault: LedgerFault) throws -> Bool {
    let applied = try appliedSteps(db)
    guard applied.isSubset(of: migrator.migrations) else { throw fault.newer }
    return applied.count == migrator.migrations.count
  }

  /// The steps that were taken. The table is asked for first: where the disk fails just then, GRDB
  /// would say that there is none.
  static func appliedSteps(_ db: Database) throws -> Set<String> {
    guard try db.tableExists("grdb_migrations") else { return [] }
    return try migrator.appliedIdentifiers(db)
  }

  /// Calls that D-Store signed and that were refused; `''` where a text could not be read.
  private static let refusedCalls = """
    CREATE TABLE refusedCall (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      requestOrderId TEXT NOT NULL, call TEXT NOT NULL, account TEXT NOT NULL,
      store TEXT NOT NULL, cause TEXT NOT NULL, reason TEXT NOT NULL,
      count INTEGER NOT NULL DEFAULT 1, lastAt INTEGER NOT NULL);
    CREATE UNIQUE INDEX refusedCallSame
      ON refusedCall (scopeId, requestOrderId, call, account, store, cause, reason);
    CREATE INDEX refusedCallByTime ON refusedCall (scopeId, lastAt);
    """

  private static let keptMappings = """
    CREATE TABLE keptMapping (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id), name TEXT NOT NULL, text BLOB,
      digest TEXT NOT NULL, since INTEGER NOT NULL);
    CREATE UNIQUE INDEX keptMappingByName ON keptMapping (scopeId, name);
    CREATE TABLE keptMappingPart (
      mapping INTEGER NOT NULL REFERENCES keptMapping (id) ON DELETE CASCADE,
      name TEXT NOT NULL, bytes BLOB NOT NULL, PRIMARY KEY (mapping, name)) WITHOUT ROWID;
    """

  /// One request may bring new parts of several mappings.
  private static let openParts = """
    ALTER TABLE openPart RENAME TO onePart;
    CREATE TABLE openPart (
      request INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
      scopeId INTEGER NOT NULL REFERENCES scope (id), store TEXT NOT NULL,
      mapping TEXT NOT NULL, recipe TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL,
      file INTEGER NOT NULL REFERENCES file (id), updatedAt INTEGER NOT NULL,
      PRIMARY KEY (request, mapping)) WITHOUT ROWID;
    INSERT INTO openPart (request, scopeId, store, mapping, recipe, path, digest, file, updatedAt)
      SELECT request, scopeId, store, mapping, recipe, path, digest, file, updatedAt FROM onePart;
    DROP TABLE onePart;
    """

  /// Files, requests and what D-Store accepted.
  private static let products = """
    CREATE TABLE scope (
      id INTEGER PRIMARY KEY,
      environment TEXT NOT NULL, endpoint TEXT NOT NULL,
      clientId TEXT NOT NULL, account TEXT NOT NULL,
      UNIQUE (environment, endpoint, clientId, account));

    CREATE TABLE file (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      name TEXT NOT NULL, mapping TEXT NOT NULL, recipe TEXT NOT NULL,
      size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
      inode INTEGER NOT NULL, device INTEGER NOT NULL, stampedAt INTEGER NOT NULL,
      digest TEXT, workName TEXT NOT NULL, stays INTEGER NOT NULL,
      isKnown INTEGER NOT NULL DEFAULT 0,
      outcome TEXT, target TEXT, isPlaced INTEGER NOT NULL DEFAULT 0,
      records INTEGER NOT NULL DEFAULT 0, problemCount INTEGER NOT NULL DEFAULT 0,
      summary TEXT NOT NULL DEFAULT '',
      createdAt INTEGER NOT NULL, endedAt INTEGER);
    CREATE UNIQUE INDEX fileKnown ON file (scopeId, name) WHERE isKnown = 1;
    CREATE INDEX fileUnplaced ON file (id) WHERE isPlaced = 0;
    CREATE INDEX fileByMapping ON file (scopeId, mapping, outcome);
    CREATE INDEX fileByOutcome ON file (scopeId, outcome);

    CREATE TABLE look (
      scopeId INTEGER NOT NULL REFERENCES scope (id), name TEXT NOT NULL,
      size INTEGER NOT NULL, modified INTEGER NOT NULL, changed INTEGER NOT NULL,
      inode INTEGER NOT NULL, device INTEGER NOT NULL,
      digest TEXT,
      PRIMARY KEY (scopeId, name)) WITHOUT ROWID;

    CREATE TABLE request (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      requestId TEXT NOT NULL UNIQUE,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      api TEXT NOT NULL, store TEXT NOT NULL, catalogue TEXT, kind TEXT NOT NULL,
      bodyPath TEXT NOT NULL, bodyDigest TEXT NOT NULL, basePath TEXT NOT NULL,
      productsDigest TEXT NOT NULL, recipe TEXT NOT NULL, sourceDigest TEXT,
      productCount INTEGER NOT NULL, createdAt INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'open', tries INTEGER NOT NULL DEFAULT 0,
      nextTryAt INTEGER, endedAt INTEGER);
    CREATE UNIQUE INDEX requestOpen ON request (scopeId, store, api) WHERE state = 'open';
    CREATE INDEX requestByStore ON request (scopeId, store, api, state);

    CREATE TABLE requestFile (
      request INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
      file INTEGER NOT NULL REFERENCES file (id),
      PRIMARY KEY (request, file)) WITHOUT ROWID;
    CREATE INDEX requestFileByFile ON requestFile (file);

    CREATE TABLE attempt (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      request INTEGER NOT NULL REFERENCES request (id) ON DELETE CASCADE,
      at INTEGER NOT NULL, outcome TEXT NOT NULL, reason TEXT NOT NULL,
      httpStatus INTEGER, status TEXT, code TEXT, message TEXT, claimedCode TEXT,
      isRateLimited INTEGER NOT NULL, retryAfter INTEGER);
    CREATE INDEX attemptByRequest ON attempt (request);

    CREATE TABLE accepted (
      scopeId INTEGER NOT NULL REFERENCES scope (id), store TEXT NOT NULL,
      requestId TEXT NOT NULL, catalogue TEXT, payloadPath TEXT NOT NULL,
      productsDigest TEXT NOT NULL, recipe TEXT NOT NULL, sourceDigest TEXT,
      productCount INTEGER NOT NULL, acceptedAt INTEGER NOT NULL, isKnown INTEGER NOT NULL,
      PRIMARY KEY (scopeId, store)) WITHOUT ROWID;

    CREATE TABLE part (
      scopeId INTEGER NOT NULL REFERENCES scope (id), store TEXT NOT NULL,
      mapping TEXT NOT NULL, recipe TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL,
      file INTEGER NOT NULL REFERENCES file (id), updatedAt INTEGER NOT NULL,
      PRIMARY KEY (scopeId, store, mapping)) WITHOUT ROWID;

    CREATE TABLE approval (
      scopeId INTEGER NOT NULL REFERENCES scope (id), digest TEXT NOT NULL, at INTEGER NOT NULL,
      PRIMARY KEY (scopeId, digest)) WITHOUT ROWID;

    CREATE TABLE openPart (
      request INTEGER PRIMARY KEY REFERENCES request (id) ON DELETE CASCADE,
      scopeId INTEGER NOT NULL REFERENCES scope (id), store TEXT NOT NULL,
      mapping TEXT NOT NULL, recipe TEXT NOT NULL, path TEXT NOT NULL, digest TEXT NOT NULL,
      file INTEGER NOT NULL REFERENCES file (id), updatedAt INTEGER NOT NULL);
    """
}

/// The tables of the step "orders": what D-Store handed in, and its way to the POS.
///
/// Bodies, which hold customers' data, lie in a table of their own. It only grows at its end, so
/// that SQLite never moves one and leaves a copy behind (see ``Ledger/purge(_:before:at:)``).
/// Every index that a waiting thing is found by holds only what waits.
enum OrdersSchema {
  static let sql = """
    CREATE TABLE orderBody (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      isBlank INTEGER NOT NULL DEFAULT 0, bytes BLOB NOT NULL);

    CREATE TABLE heldOrder (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      requestOrderId TEXT NOT NULL, account TEXT NOT NULL, store TEXT NOT NULL,
      channelOrderId TEXT, posOrderId TEXT NOT NULL, shortOrderNumber TEXT,
      digest TEXT NOT NULL, status TEXT NOT NULL, bodyId INTEGER,
      receivedAt INTEGER NOT NULL, purgedAt INTEGER,
      conflicts INTEGER NOT NULL DEFAULT 0, lastConflictAt INTEGER);
    CREATE UNIQUE INDEX heldOrderByRequest ON heldOrder (scopeId, requestOrderId);
    CREATE INDEX heldOrderByPos ON heldOrder (scopeId, posOrderId);
    CREATE INDEX heldOrderByChannel ON heldOrder (scopeId, channelOrderId)
      WHERE channelOrderId IS NOT NULL;
    CREATE INDEX heldOrderByNumber ON heldOrder (scopeId, shortOrderNumber)
      WHERE shortOrderNumber IS NOT NULL;
    CREATE INDEX heldOrderByTime ON heldOrder (scopeId, receivedAt);
    CREATE INDEX heldOrderWithBody ON heldOrder (scopeId, receivedAt) WHERE bodyId IS NOT NULL;
    CREATE INDEX heldOrderConflicts ON heldOrder (scopeId, lastConflictAt)
      WHERE lastConflictAt IS NOT NULL;

    CREATE TABLE heldChange (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      requestId TEXT NOT NULL, orderId INTEGER NOT NULL REFERENCES heldOrder (id),
      orderStatus TEXT, digest TEXT NOT NULL, bodyId INTEGER, receivedAt INTEGER NOT NULL,
      conflicts INTEGER NOT NULL DEFAULT 0, lastConflictAt INTEGER);
    CREATE UNIQUE INDEX heldChangeByRequest ON heldChange (scopeId, requestId);
    CREATE INDEX heldChangeByOrder ON heldChange (orderId);
    CREATE INDEX heldChangeWithBody ON heldChange (scopeId, receivedAt) WHERE bodyId IS NOT NULL;
    CREATE INDEX heldChangeConflicts ON heldChange (scopeId, lastConflictAt)
      WHERE lastConflictAt IS NOT NULL;

    CREATE TABLE orderFlag (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      orderId INTEGER NOT NULL REFERENCES heldOrder (id),
      changeId INTEGER REFERENCES heldChange (id),
      at INTEGER NOT NULL, code TEXT NOT NULL, field TEXT, message TEXT NOT NULL);
    CREATE INDEX orderFlagByOrder ON orderFlag (orderId);
    CREATE INDEX orderFlagByTime ON orderFlag (scopeId, at);

    CREATE TABLE orderRelease (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      orderId INTEGER NOT NULL REFERENCES heldOrder (id),
      changeId INTEGER REFERENCES heldChange (id),
      state TEXT NOT NULL DEFAULT 'stored',
      isRepeat INTEGER NOT NULL DEFAULT 0, isDoubtful INTEGER NOT NULL DEFAULT 0,
      tries INTEGER NOT NULL DEFAULT 0, reason TEXT, nextTryAt INTEGER NOT NULL DEFAULT 0,
      name TEXT COLLATE NOCASE, folder TEXT, temporary TEXT, marker TEXT,
      device INTEGER, inode INTEGER, bootId TEXT, size INTEGER, digest TEXT,
      releasedAt INTEGER, mustRemove INTEGER NOT NULL DEFAULT 0);
    CREATE INDEX orderReleaseByOrder ON orderRelease (orderId);
    CREATE INDEX orderReleaseDue ON orderRelease (scopeId, nextTryAt) WHERE state = 'stored';
    CREATE INDEX orderReleaseUnderWay ON orderRelease (scopeId) WHERE state = 'releasing';
    CREATE UNIQUE INDEX orderReleaseNames ON orderRelease (name) WHERE name IS NOT NULL;
    CREATE INDEX orderReleaseDoubtful ON orderRelease (scopeId, releasedAt) WHERE isDoubtful = 1;
    CREATE INDEX orderReleaseToRemove ON orderRelease (scopeId) WHERE mustRemove = 1;

    CREATE TABLE upkeep (
      id INTEGER PRIMARY KEY CHECK (id = 1),
      probes INTEGER NOT NULL DEFAULT 0, traces INTEGER NOT NULL DEFAULT 0);
    INSERT INTO upkeep (id) VALUES (1);
    """
}

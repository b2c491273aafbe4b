/// The tables of the step "statuses": what the POS says of orders, and its way to D-Store.
///
/// Every index that a waiting thing is found by holds only what waits.
enum StatusesSchema {
  static let sql = """
    CREATE TABLE orderStep (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      orderId INTEGER NOT NULL REFERENCES heldOrder (id),
      status TEXT NOT NULL, origin TEXT NOT NULL, changedAt INTEGER, at INTEGER NOT NULL);
    CREATE INDEX orderStepByOrder ON orderStep (orderId);

    CREATE TABLE orderValue (
      orderId INTEGER NOT NULL REFERENCES heldOrder (id), name TEXT NOT NULL, json TEXT NOT NULL,
      PRIMARY KEY (orderId, name)) WITHOUT ROWID;

    CREATE TABLE seenLine (
      orderId INTEGER NOT NULL REFERENCES heldOrder (id), content TEXT NOT NULL,
      count INTEGER NOT NULL, refundValue INTEGER, refundCurrency TEXT, changedAt INTEGER,
      PRIMARY KEY (orderId, content)) WITHOUT ROWID;

    CREATE TABLE statusChange (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      file INTEGER REFERENCES file (id), mapping TEXT NOT NULL, change TEXT NOT NULL,
      matchBy TEXT NOT NULL, orderKey TEXT NOT NULL, content TEXT NOT NULL,
      hasRefund INTEGER NOT NULL, copies INTEGER NOT NULL,
      orderId INTEGER REFERENCES heldOrder (id), state TEXT NOT NULL,
      problemCode TEXT, problemField TEXT, problemValue TEXT, problemMessage TEXT,
      problemRemedy TEXT,
      firstSeenAt INTEGER NOT NULL, waitsUntil INTEGER, endedAt INTEGER,
      lastNotification INTEGER NOT NULL, dismissedAt INTEGER);
    CREATE UNIQUE INDEX statusChangeUnmatched
      ON statusChange (scopeId, matchBy, orderKey, content) WHERE orderId IS NULL;
    CREATE INDEX statusChangeByFile ON statusChange (file) WHERE file IS NOT NULL;
    CREATE INDEX statusChangeWaiting ON statusChange (scopeId)
      WHERE state = 'waiting' AND dismissedAt IS NULL;
    CREATE INDEX statusChangeHeld ON statusChange (scopeId)
      WHERE state = 'held' AND dismissedAt IS NULL;
    CREATE INDEX statusChangeRefused ON statusChange (scopeId)
      WHERE state = 'refused' AND dismissedAt IS NULL;
    CREATE INDEX statusChangeRefusedOfOrder ON statusChange (orderId)
      WHERE state = 'refused' AND dismissedAt IS NULL;

    CREATE TABLE notification (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      scopeId INTEGER NOT NULL REFERENCES scope (id),
      orderId INTEGER NOT NULL REFERENCES heldOrder (id),
      changeId INTEGER NOT NULL REFERENCES statusChange (id),
      requestId TEXT NOT NULL UNIQUE, body BLOB NOT NULL, fields TEXT NOT NULL,
      orderStatus TEXT, refundValue INTEGER, refundCurrency TEXT, isFilledIn INTEGER NOT NULL,
      state TEXT NOT NULL DEFAULT 'queued', tries INTEGER NOT NULL DEFAULT 0,
      nextTryAt INTEGER NOT NULL DEFAULT 0,
      createdAt INTEGER NOT NULL, endedAt INTEGER, dismissedAt INTEGER,
      triedAt INTEGER, outcome TEXT, reason TEXT, httpStatus INTEGER, status TEXT, code TEXT,
      message TEXT, claimedCode TEXT, isRateLimited INTEGER, retryAfter INTEGER);
    CREATE INDEX notificationByOrder ON notification (orderId);
    CREATE INDEX notificationQueued ON notification (scopeId) WHERE state = 'queued';
    CREATE INDEX notificationQueue ON notification (orderId) WHERE state = 'queued';
    CREATE INDEX notificationQueuedOfChange ON notification (changeId) WHERE state = 'queued';
    CREATE INDEX notificationRefused ON notification (scopeId)
      WHERE state = 'refused' AND dismissedAt IS NULL;
    CREATE INDEX notificationRefusedOfOrder ON notification (orderId)
      WHERE state = 'refused' AND dismissedAt IS NULL;

    \(steps)
    """

  /// The steps of the orders that are there. A change that does not carry the flag `journey` has
  /// given its order the status that it names; every order began as ORDER_SUCCESS.
  private static let steps = """
    INSERT INTO orderStep (orderId, status, origin, at)
    WITH made AS (
      SELECT heldChange.id, orderId, orderStatus AS status, receivedAt FROM heldChange
      WHERE orderStatus IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM orderFlag WHERE orderFlag.orderId = heldChange.orderId
          AND orderFlag.changeId = heldChange.id AND orderFlag.code = 'journey')),
    begun AS (
      SELECT id, receivedAt, CASE WHEN EXISTS (SELECT 1 FROM made WHERE orderId = heldOrder.id)
        THEN 'ORDER_SUCCESS' ELSE status END AS status
      FROM heldOrder),
    moved AS (
      SELECT made.*, lag(made.status, 1, begun.status) OVER (
        PARTITION BY orderId ORDER BY made.id) AS previous
      FROM made JOIN begun ON begun.id = made.orderId)
    SELECT orderId, status, origin, at FROM (
      SELECT id AS orderId, 0 AS place, status, 'initial' AS origin, receivedAt AS at FROM begun
      UNION ALL
      SELECT orderId, id, status, 'channel', receivedAt FROM moved WHERE status <> previous)
    ORDER BY orderId, place;
    """
}

/// The tables and indexes of the step "pruning": how far what nobody needs was pruned, and what
/// finds things in a ledger that has grown.
enum PruningSchema {
  static let sql = """
    CREATE TABLE pruning (
      name TEXT PRIMARY KEY, position INTEGER NOT NULL, begunAt INTEGER NOT NULL) WITHOUT ROWID;

    CREATE INDEX heldOrderByStatus ON heldOrder (scopeId, status, receivedAt);
    CREATE INDEX requestUnaccepted ON request (scopeId, state)
      WHERE state IN ('refused', 'givenUp');

    DROP INDEX notificationQueuedOfChange;
    CREATE INDEX notificationByChange ON notification (changeId);
    """
}

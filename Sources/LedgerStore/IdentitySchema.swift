/// The tables of the step "identity": which ledger this is, and what it may not know.
///
/// A gap is a time whose work this ledger has no record of, because it was copied back from a backup
/// or begun anew; what may have happened then is held for approval.
enum IdentitySchema {
  static let sql = """
    CREATE TABLE identity (
      only INTEGER PRIMARY KEY CHECK (only = 1),
      ledger TEXT NOT NULL, generation INTEGER NOT NULL, raisedAt INTEGER NOT NULL);
    INSERT INTO identity VALUES (1, lower(hex(randomblob(16))), 0, 0);

    CREATE TABLE gap (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      isNew INTEGER NOT NULL, since INTEGER, until INTEGER, noticedAt INTEGER NOT NULL,
      lastOrder INTEGER NOT NULL, lastRequest INTEGER NOT NULL, isTold INTEGER NOT NULL DEFAULT 0);

    CREATE TABLE givenBefore (key TEXT PRIMARY KEY) WITHOUT ROWID;

    CREATE INDEX orderReleaseHeld ON orderRelease (scopeId) WHERE state = 'held';
    """
}

/// The indexes of the step "orders found by few pages".
///
/// Ids are random, so each index of them makes every new order read and write a page somewhere in a
/// large ledger. One index serves both D-Store's id and ours, which is a digest of it. The channel's
/// ids are grouped by the day on which their orders came: those of a day lie on few pages, and who
/// looks for one asks each day.
enum OrderKeysSchema {
  static let sql = """
    DROP INDEX heldOrderByRequest;
    DROP INDEX heldOrderByPos;
    CREATE UNIQUE INDEX heldOrderById ON heldOrder (scopeId, posOrderId, requestOrderId);

    DROP INDEX heldOrderByChannel;
    CREATE INDEX heldOrderByChannel ON heldOrder (scopeId, \(day), channelOrderId)
      WHERE channelOrderId IS NOT NULL;
    """

  /// The step "names that follow from ids". A file that is named after its order's id is found by
  /// that; only other names need an index. The folders that files were released into are listed.
  static let names = """
    ALTER TABLE orderRelease ADD COLUMN isNamedById INTEGER NOT NULL DEFAULT 0;
    DROP INDEX orderReleaseNames;
    CREATE UNIQUE INDEX orderReleaseNames ON orderRelease (name)
      WHERE name IS NOT NULL AND isNamedById = 0;

    CREATE TABLE releasedFolder (
      scopeId INTEGER NOT NULL REFERENCES scope (id), folder TEXT COLLATE NOCASE NOT NULL,
      PRIMARY KEY (scopeId, folder)) WITHOUT ROWID;
    INSERT OR IGNORE INTO releasedFolder
      SELECT scopeId, \(folder) FROM orderRelease
      WHERE name IS NOT NULL AND state = 'released';
    """

  /// An expression: the folder of a release's name, without a slash at the end.
  static let folder = "rtrim(rtrim(name, replace(name, '/', '')), '/')"

  /// An expression: whether the name of an order's release is that of a plain file named after it.
  static func isNamedById(_ name: String) -> String {
    "(SELECT requestOrderId FROM heldOrder WHERE id = orderId) = idInName(\(name))"
  }

  /// An expression for whether a release other than this one has the name.
  static func isNameTaken(_ name: String, release: String) -> String {
    """
    EXISTS (SELECT 1 FROM orderRelease
        WHERE name = \(name) AND isNamedById = 0 AND id <> \(release))
      OR EXISTS (SELECT 1 FROM scope
        CROSS JOIN heldOrder ON heldOrder.scopeId = scope.id
          AND posOrderId = posOrderIdOf(idInName(\(name)))
          AND requestOrderId = idInName(\(name))
        CROSS JOIN orderRelease ON orderRelease.orderId = heldOrder.id
        WHERE orderRelease.name = \(name) AND orderRelease.id <> \(release))
    """
  }

  /// An expression: the day on which an order came.
  private static let day = "receivedAt / 86400000"

  /// A condition: an order of the table's alias, whose `scopeId` is asked for elsewhere, has one of
  /// the channel's ids.
  ///
  /// - Parameters:
  ///   - scope: an expression for the scope.
  ///   - value: an expression for the id.
  static func hasChannelId(_ table: String, scope: String, _ value: String) -> String {
    """
    \(table).channelOrderId = \(value) AND \(table).\(day) IN (
      WITH RECURSIVE known (day) AS (
        SELECT \(nextDay(scope, after: "-1"))
        UNION ALL
        SELECT \(nextDay(scope, after: "known.day")) FROM known WHERE known.day IS NOT NULL)
      SELECT day FROM known)
    """
  }

  private static func nextDay(_ scope: String, after day: String) -> String {
    """
    (SELECT \(Self.day) FROM heldOrder
      WHERE scopeId = \(scope) AND \(Self.day) > \(day) AND channelOrderId IS NOT NULL
      ORDER BY \(Self.day) LIMIT 1)
    """
  }
}

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

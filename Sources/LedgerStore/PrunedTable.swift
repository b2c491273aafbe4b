/// A table whose old rows are pruned, and which of them.
struct PrunedTable {
  /// How many rows one transaction looks at; it takes some milliseconds.
  static let rowsAtOnce = 250

  let name: String
  /// An expression: when the row ended, or when it began as long as it has not, in milliseconds since
  /// 1970.
  let time: String
  /// Whether nobody needs the row `pruned`.
  let condition: String
  /// An expression: the name in the inbox that must be gone before; `NULL` where there is none.
  var inboxName = "NULL"

  /// In an order in which what refers to a row goes before it.
  static let all = [
    notifications, statusChanges, flags, releases, requests, files,
  ]

  /// The number in the id of a later one counts those that are there. That may begin anew only for
  /// what moves no money: D-Store answers an id that it knows, and does nothing.
  private static let notifications = PrunedTable(
    name: "notification", time: "coalesce(endedAt, createdAt)",
    condition: """
      refundValue IS NULL
        AND (state IN ('accepted', 'superseded') OR state = 'refused' AND dismissedAt IS NOT NULL)
      """)

  private static let statusChanges = PrunedTable(
    name: "statusChange", time: "coalesce(endedAt, firstSeenAt)",
    condition: """
      (state = 'done' OR state IN ('held', 'refused') AND dismissedAt IS NOT NULL)
        AND NOT EXISTS (SELECT 1 FROM notification WHERE notification.changeId = pruned.id)
      """)

  private static let flags = PrunedTable(
    name: "orderFlag", time: "at",
    condition: """
      NOT EXISTS (SELECT 1 FROM orderRelease
        WHERE orderRelease.orderId = pruned.orderId AND state <> 'released')
      """)

  /// A release is needed as long as its file must be removed with the customer's data. So are those
  /// of an order of which something waits: they say whose turn it is.
  private static let releases = PrunedTable(
    name: "orderRelease",
    time: """
      coalesce(releasedAt, (SELECT receivedAt FROM heldOrder WHERE heldOrder.id = orderId))
      """,
    condition: """
      state = 'released' AND mustRemove = 0
        AND CASE WHEN changeId IS NULL
          THEN (SELECT bodyId FROM heldOrder WHERE id = pruned.orderId)
          ELSE (SELECT bodyId FROM heldChange WHERE id = pruned.changeId) END IS NULL
        AND NOT EXISTS (SELECT 1 FROM orderRelease AS other
          WHERE other.orderId = pruned.orderId AND other.state <> 'released')
      """)

  private static let requests = PrunedTable(
    name: "request", time: "coalesce(endedAt, createdAt)",
    condition: """
      state <> 'open' AND (state = 'accepted' OR EXISTS (
        SELECT 1 FROM request AS later
        WHERE later.scopeId = pruned.scopeId AND later.store = pruned.store
          AND later.api = pruned.api AND later.state = 'accepted' AND later.id > pruned.id))
      """)

  private static let files = PrunedTable(
    name: "file", time: "coalesce(endedAt, createdAt)",
    condition: """
      isPlaced = 1 AND outcome <> 'waiting'
        AND (outcome NOT IN ('rejected', 'held') AND isLost = 0 OR EXISTS (
          SELECT 1 FROM file AS later
          WHERE later.scopeId = pruned.scopeId AND later.mapping = pruned.mapping
            AND (later.name = pruned.name OR NOT pruned.standsAlone)
            AND later.outcome IN ('sent', 'unchanged') AND later.id > pruned.id))
        AND NOT EXISTS (SELECT 1 FROM requestFile WHERE requestFile.file = pruned.id)
        AND NOT EXISTS (SELECT 1 FROM statusChange WHERE statusChange.file = pruned.id)
        AND NOT EXISTS (SELECT 1 FROM part WHERE part.file = pruned.id)
        AND NOT EXISTS (SELECT 1 FROM openPart WHERE openPart.file = pruned.id)
      """,
    inboxName: "CASE WHEN isKnown THEN name END")
}

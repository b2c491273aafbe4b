import GRDB
import Records

/// Records decisions about changes within one transaction.
struct StatusRecord {
  let db: Database
  let scope: Int64
  /// In milliseconds since 1970.
  let now: Int64
  let fault: LedgerFault

  func add(_ news: StatusNews) throws {
    try see(news)
    switch news.outcome {
    case .done: try end(news)
    case .waiting(let until): _ = try keep(news, StatusVerdict(.waiting, waitsUntil: until))
    case .refused(let problem):
      _ = try keep(news, StatusVerdict(.refused, problem, endedAt: now))
    case .queued(let drafts):
      let order = try order(of: news)
      let verdict = StatusVerdict(
        drafts.isEmpty ? .done : .queued, endedAt: drafts.isEmpty ? now : nil)
      try queue(drafts, order: order, change: try keep(news, verdict))
    case .toldBefore(let drafts):
      let order = try order(of: news)
      let change = try keep(news, StatusVerdict(.done, endedAt: now))
      try queue(drafts, order: order, change: change)
      for draft in drafts { try db.acceptUnsent(draft.requestId, at: now) }
    case .held(let problem, let drafts) where news.order == nil && drafts.isEmpty:
      _ = try keep(news, StatusVerdict(.held, problem))
    case .held(let problem, let drafts):
      let order = try order(of: news)
      try queue(drafts, order: order, change: try keep(news, StatusVerdict(.held, problem)))
    }
  }

  private func order(of news: StatusNews) throws -> Int64 {
    guard let order = news.order else { throw fault.noOrder(news.change) }
    return order
  }

  /// Counts a line of an order that is known, and ends what was kept of it while it was not.
  private func see(_ news: StatusNews) throws {
    guard let order = news.order else { return }
    try countLine(news, order)
    guard let count = news.seenCount else { return }
    try db.run(
      """
      UPDATE statusChange SET state = 'done', orderId = ?, endedAt = ?, waitsUntil = NULL
      WHERE scopeId = ? AND matchBy = ? AND orderKey = ? AND content = ? AND orderId IS NULL
        AND copies <= ?
      """, [order, now] + twin(news.change) + [count])
  }

  /// A refused line says no refund that another one could repeat.
  private func countLine(_ news: StatusNews, _ order: Int64) throws {
    var refund = news.refund
    if case .refused = news.outcome { refund = nil }
    let count = news.seenCount ?? 0
    if count == 0 && refund == nil { return }
    try db.run(
      """
      INSERT INTO seenLine (orderId, content, count, refundValue, refundCurrency, changedAt)
      VALUES (?, ?, ?, ?, ?, ?)
      ON CONFLICT (orderId, content) DO UPDATE SET count = max(count, excluded.count),
        refundValue = coalesce(refundValue, excluded.refundValue),
        refundCurrency = coalesce(refundCurrency, excluded.refundCurrency)
      WHERE count < excluded.count OR refundValue IS NULL AND excluded.refundValue IS NOT NULL
      """,
      [
        order, news.change.content, count, refund?.value, refund?.currency.code,
        news.change.changedAt,
      ])
  }

  /// Ends an earlier change of which there is nothing to send.
  private func end(_ news: StatusNews) throws {
    guard let earlier = news.earlier else { return }
    try db.run(
      """
      UPDATE statusChange SET state = 'done', orderId = coalesce(?, orderId), endedAt = ?,
        waitsUntil = NULL
      WHERE id = ? AND state IN ('waiting', 'held', 'refused')
      """, [news.order, now, earlier])
  }

  private func keep(_ news: StatusNews, _ verdict: StatusVerdict) throws -> Int64 {
    if let earlier = news.earlier {
      try db.decide(earlier, news, verdict)
      return earlier
    }
    if news.order == nil, let known = try unmatched(news.change) {
      let stands =
        known.state == .waiting
        ? verdict.state == .waiting : known.copies >= news.seenCount ?? 1
      if stands {
        try db.notePlace(known.id, news)
      } else {
        try db.decide(known.id, news, verdict)
      }
      return known.id
    }
    return try db.insert(news, verdict, scope: scope, at: now)
  }

  /// What is kept of the same line of an order that is not known.
  private func unmatched(_ change: OrderChange) throws -> UnmatchedChange? {
    try db.list(
      """
      SELECT id, state, copies FROM statusChange
      WHERE scopeId = ? AND matchBy = ? AND orderKey = ? AND content = ? AND orderId IS NULL
      """, twin(change)
    ) { UnmatchedChange(id: $0[0], state: try .named($0[1]), copies: $0[2]) }.first
  }

  /// Four columns that equal lines of an order that is not known have in common.
  private func twin(_ change: OrderChange) -> StatementArguments {
    [scope, change.matchBy.rawValue, change.order, change.content]
  }

  private func queue(_ drafts: [NotificationDraft], order: Int64, change: Int64) throws {
    for draft in drafts {
      try db.insert(draft, scope: scope, order: order, change: change, at: now)
      guard let status = draft.orderStatus else { continue }
      try db.insert(OrderStep(status, .pos, changedAt: draft.changedAt, at: now), of: order)
      try db.run("UPDATE heldOrder SET status = ? WHERE id = ?", [status, order])
    }
  }
}

/// What is kept of a line whose order is not known.
private struct UnmatchedChange {
  let id: Int64
  let state: HeldStatusChange.State
  let copies: Int
}

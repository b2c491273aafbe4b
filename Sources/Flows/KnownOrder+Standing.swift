import LedgerStore
import Records

extension KnownOrder {
  /// - Parameter total: what the buyer paid; nothing where nobody knows it any more.
  init(_ standing: OrderStanding, total: Amount?) {
    self.init(
      statuses: standing.steps.map { Past($0.status, changedAt: $0.changedAt) },
      values: standing.values, total: total, refunded: standing.refunded, seen: standing.seen,
      refused: standing.refused, refundsSaid: Set(standing.refundsSaid),
      receivedAt: standing.order.receivedAt, mayHaveGap: standing.mayHaveGap)
  }
}

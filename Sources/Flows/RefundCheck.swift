import Records
import RowMapping

/// What a change's refund means for an order.
enum RefundCheck: Hashable {
  /// The change says none, or none that was not refunded before.
  case nothing
  /// To be refunded now.
  case due(Amount)
  /// To be refunded when a person lets it go.
  case doubtful(Amount, Problem)

  /// What is to be refunded, now or later.
  var amount: Amount? {
    switch self {
    case .nothing: nil
    case .due(let amount), .doubtful(let amount, _): amount
    }
  }

  /// - Parameter isApproved: whether a person let it go.
  /// - Throws: why it cannot be refunded.
  init(
    _ change: OrderChange, of order: KnownOrder, _ rules: ChangeRules, isApproved: Bool
  ) throws(Problem) {
    guard let said = change.refund, said.value > 0 else {
      self = .nothing
      return
    }
    try Self.checkCurrency(said, order)
    let isTotal = rules.refunds == .cumulative
    let due = Amount(
      value: isTotal ? said.value - order.refunded : said.value, currency: said.currency)
    if due.value < 0 { throw Self.taken(said, order, rules) }
    if due.value == 0 {
      self = .nothing
      return
    }
    try Self.checkTotal(due, order, rules)
    if isApproved {
      self = .due(due)
    } else if order.mayHaveGap {
      self = .doubtful(due, Self.beforeGap(said))
    } else if !isTotal, order.refundsSaid.contains(said) {
      self = .doubtful(due, Self.equal(said, rules))
    } else if order.total == nil {
      self = .doubtful(due, Self.unchecked(said))
    } else {
      self = .due(due)
    }
  }

  private static func checkCurrency(_ said: Amount, _ order: KnownOrder) throws(Problem) {
    guard let total = order.total, total.currency != said.currency else { return }
    throw Problem(
      "refund-currency", value: words(said),
      "the refund is in \(said.currency.code), and the order was paid in \(total.currency.code)",
      remedy: "State the right currency: in the mapping.")
  }

  private static func checkTotal(
    _ due: Amount, _ order: KnownOrder, _ rules: ChangeRules
  ) throws(Problem) {
    guard let total = order.total else { return }
    let (sum, overflow) = due.value.addingReportingOverflow(order.refunded)
    guard overflow || sum > total.value else { return }
    let before = Amount(value: order.refunded, currency: total.currency)
    throw Problem(
      "refund-total", value: words(due),
      "with the \(words(before)) refunded before it is more than the \(words(total)) that were paid",
      remedy: rules.refunds == .delta
        ? "Correct the refund in the POS; where the POS writes all that was refunded so far, write "
          + "refunds: cumulative in \(rules.mapping)." : "Correct the refund in the POS.")
  }

  private static func taken(_ said: Amount, _ order: KnownOrder, _ rules: ChangeRules) -> Problem {
    let before = Amount(value: order.refunded, currency: said.currency)
    return Problem(
      "refund-less", value: words(said),
      "this is less than the \(words(before)) refunded before, and a refund is not taken back",
      remedy: "Correct it in the POS; where each line is a refund of its own, write refunds: delta "
        + "in \(rules.mapping).")
  }

  private static func equal(_ said: Amount, _ rules: ChangeRules) -> Problem {
    Problem(
      "refund-again", value: words(said),
      "a refund of this order with the same amount was seen before",
      remedy: "If the guest is to get it once more, send it with dstore-connector approve ORDER; "
        + "where the POS writes all that was refunded so far, write refunds: cumulative in "
        + "\(rules.mapping).")
  }

  private static func beforeGap(_ said: Amount) -> Problem {
    Problem(
      "refund-gap", value: words(said),
      "the ledger was copied back from a backup after this order came, so the refund may have been "
        + "sent before",
      remedy:
        "If the guest is still to get it, send it with dstore-connector approve ORDER; it goes "
        + "under the requestId that it would have had then. If it was sent, settle it with "
        + "dstore-connector dismiss ORDER. dstore-connector status shows the order's id.")
  }

  private static func unchecked(_ said: Amount) -> Problem {
    Problem(
      "refund-unchecked", value: words(said),
      "what was paid for this order is not known, so that the refund cannot be held against it",
      remedy: "Compare it with the order, and send it with dstore-connector approve ORDER.")
  }

  private static func words(_ amount: Amount) -> String {
    "\(amount.text) \(amount.currency.code)"
  }
}

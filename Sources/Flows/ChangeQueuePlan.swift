import Contract
import LedgerStore
package import Records

/// Decides, change by change, what the lines of one status file mean for one order.
///
/// The changes must come as ``ChangeSequence`` puts them. What it decides follows from what is
/// known of the order and from nothing else; ``order`` is then what is known after it.
package struct ChangeQueuePlan {
  package private(set) var order: KnownOrder
  private let rules: ChangeRules
  private let now: Int64
  /// How often each line came in this file.
  private var counts: [String: Int] = [:]

  /// - Parameter now: in milliseconds since 1970.
  package init(order: KnownOrder, rules: ChangeRules, now: Int64) {
    self.order = order
    self.rules = rules
    self.now = now
  }

  /// Decides about the next line of the file. Equal lines are counted; only those beyond the count
  /// that was seen before are new, and one that was refused before and can be told now.
  package mutating func decide(_ change: OrderChange) -> ChangeDecision {
    let content = change.content
    let count = counts[content, default: 0] + 1
    counts[content] = count
    guard count <= order.seen[content] ?? 0 else {
      order.seen[content] = count
      return judge(change, isApproved: false)
    }
    guard let refused = order.refused[content] else { return .done(.seenBefore) }
    let decision = judge(change, isApproved: false)
    if case .refuse(let problem) = decision, problem.message == refused.message {
      return .done(.seenBefore)
    }
    order.refused[content] = nil
    return decision
  }

  /// Decides about a change that was held or refused, once a person let it go.
  ///
  /// - Parameter isNew: whether its line was no line of this order yet.
  package mutating func decideAgain(
    _ change: OrderChange, isApproved: Bool, isNew: Bool = false
  ) -> ChangeDecision {
    if isNew { order.seen[change.content] = max(order.seen[change.content] ?? 0, 1) }
    return judge(change, isApproved: isApproved)
  }

  private mutating func judge(_ change: OrderChange, isApproved: Bool) -> ChangeDecision {
    do throws(Problem) {
      try checkTime(change)
      var refund = try RefundCheck(change, of: order, rules, isApproved: isApproved)
      let way = try way(of: change, beside: &refund, isApproved)
      return queue(change, way, refund)
    } catch {
      return .refuse(error.filled(from: change.place))
    }
  }

  private func way(
    of change: OrderChange, beside refund: inout RefundCheck, _ isApproved: Bool
  ) throws(Problem) -> JourneyWay {
    do throws(Problem) {
      return try JourneyWay(change, of: order, rules)
    } catch {
      guard let amount = refund.amount else { throw error }
      if !isApproved { refund = .doubtful(amount, error.besideRefund(amount)) }
      return .unsaid
    }
  }

  private mutating func queue(
    _ change: OrderChange, _ way: JourneyWay, _ refund: RefundCheck
  ) -> ChangeDecision {
    let notifications = notifications(change, way, refund)
    for notification in notifications { note(notification, change) }
    if let said = change.refund, said.value > 0 {
      order.refundsSaid.insert(said)
    }
    if case .doubtful(_, let problem) = refund {
      return .hold(problem.filled(from: change.place), meanwhile: notifications)
    }
    return notifications.isEmpty ? .done(.alreadySo) : .queue(notifications)
  }

  private mutating func note(_ notification: ChangeNotification, _ change: OrderChange) {
    if let status = notification.orderStatus {
      order.statuses.append(KnownOrder.Past(status, changedAt: change.changedAt))
    }
    order.refunded += notification.refund?.value ?? 0
    for field in notification.fields { order.values[field.name] = field.json }
  }

  /// One for each step; what else the change says rides on the last one.
  private func notifications(
    _ change: OrderChange, _ way: JourneyWay, _ refund: RefundCheck
  ) -> [ChangeNotification] {
    let due: Amount? = if case .due(let amount) = refund { amount } else { nil }
    let fields = change.fields.compactMap { told($0, way, due) }
    guard case .steps(let steps) = way else {
      return fields.isEmpty ? [] : [ChangeNotification(fields: fields, refund: due)]
    }
    let filled = steps.dropLast().map { step in
      let field = OrderChange.Field(
        name: rules.statusField?.name ?? "", role: Self.status, json: "\"\(step)\"")
      return ChangeNotification(fields: [field], orderStatus: step, isFilledIn: true)
    }
    return filled + [ChangeNotification(fields: fields, orderStatus: steps.last, refund: due)]
  }

  /// The field as it is to be sent; nothing where there is no news in it.
  private func told(
    _ field: OrderChange.Field, _ way: JourneyWay, _ due: Amount?
  ) -> OrderChange.Field? {
    switch (field.role, way) {
    case (Self.refund, _): return due.map { Self.field(field, $0) }
    case (_, .steps): return field
    case (Self.status, _): return nil
    case (_, .late): return order.values[field.name] == nil ? field : nil
    case (_, .repeated), (_, .unsaid): return order.values[field.name] == field.json ? nil : field
    }
  }

  private static func field(_ field: OrderChange.Field, _ amount: Amount) -> OrderChange.Field {
    var field = field
    field.json = "{\"value\":\(amount.value),\"currency\":\"\(amount.currency.code)\"}"
    return field
  }

  private static let status = Contract.Role.orderStatus.rawValue
  private static let refund = Contract.Role.refundAmount.rawValue
}

extension Problem {
  /// Why a status cannot follow, where its line says a refund too: the journey binds statuses only.
  fileprivate func besideRefund(_ refund: Amount) -> Problem {
    var problem = self
    problem.remedy =
      "The refund of \(refund.text) \(refund.currency.code) beside it waits: let it go without "
      + "the status with dstore-connector approve ORDER, or correct the order in the POS."
    return problem
  }
}

/// Times that cannot be.
extension ChangeQueuePlan {
  /// So far a POS's clock, or its zone, may be off.
  private static let day: Int64 = 86_400_000

  private func checkTime(_ change: OrderChange) throws(Problem) {
    guard let time = change.changedAt else { return }
    let isEarly = time < order.receivedAt - Self.day
    guard isEarly || time > now + Self.day else { return }
    throw Problem(
      "changed-at", value: day(time),
      isEarly
        ? "the change is dated before its order, which came on \(day(order.receivedAt))"
        : "the change is dated in the future; today is \(day(now))",
      remedy: "Set the POS's clock, or correct dates: in \(rules.mapping), and have the POS write "
        + "the line again.")
  }

  private func day(_ milliseconds: Int64) -> String {
    let time = rules.zone.time(at: milliseconds.floorQuotient(1000))
    let parts = [time.month, time.day].map { $0 < 10 ? "0\($0)" : "\($0)" }
    return "\(time.year)-\(parts.joined(separator: "-"))"
  }
}

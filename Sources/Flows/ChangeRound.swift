import Contract
import JSON
import LedgerStore
import Records
import RowMapping
import Settings

/// Decides about changes, one after the other, each on top of those before it.
struct ChangeRound {
  private let bench: Workbench
  private let contract: Contract
  private let entry: MappingShelf.StatusEntry
  private let rules: ChangeRules
  private var matches: [String: [HeldOrder]] = [:]
  private var plans: [Int64: (plan: ChangeQueuePlan, version: Int64)] = [:]
  private var told: [Int64: ToldContents] = [:]
  /// How often each line came that no order was found for.
  private var unmatched: [String: Int] = [:]

  init(bench: Workbench, shelf: MappingShelf, entry: MappingShelf.StatusEntry) {
    self.bench = bench
    contract = shelf.contract
    self.entry = entry
    rules = ChangeRules(entry.mapping, contract: shelf.contract, zone: bench.settings.timeZone)
  }

  /// Decides about a line of a file.
  mutating func decide(_ change: OrderChange, file: Int64) throws(Problem) -> StatusNews {
    var news = StatusNews(
      file: file, mapping: entry.mapping.file.name, change: change, outcome: .done)
    let orders = try orders(meantBy: change)
    // Its order came after those before it were found waiting; it must not overtake them.
    let isBehind =
      orders.isEmpty ? false : try bench.ledger.isAwaited(bench.orderScope, by: change)
    let match = isBehind ? .later : Self.match(orders)
    if case .several(let ids) = match, NumberMatch.needsChoice(change) {
      news.seenCount = count(change)
      news.outcome = .held(OrderMatch.choice(change, ids), meanwhile: [])
      return news
    }
    if let unmatched = match.unmatched(
      change, rules, firstSeenAt: bench.now(), now: bench.now())
    {
      news.seenCount = count(change)
      news.outcome = Self.outcome(unmatched)
      return news
    }
    try judge(&news, orders[0]) { $0.decide(change) }
    return news
  }

  /// How often a line came so far that no order was found for.
  private mutating func count(_ change: OrderChange) -> Int? {
    let line = "\(change.key) \(change.content)"
    unmatched[line, default: 0] += 1
    return unmatched[line]
  }

  /// Decides about an earlier change once more: one whose order was not there, or one that a person
  /// takes up.
  ///
  /// - Parameter chosen: the row of the order that a person says is meant.
  /// - Returns: news of each line that it stands for; none where it has to wait on.
  mutating func decide(
    again held: HeldStatusChange, isApproved: Bool, chosen: Int64? = nil
  ) throws(Problem) -> [StatusNews] {
    let change = held.change
    var first = StatusNews(
      file: held.file, mapping: held.mapping, change: change, outcome: .done, earlier: held.id)
    let orders = try orders(of: held, chosen)
    if case .several(let ids) = Self.match(orders), NumberMatch.needsChoice(change) {
      first.outcome = .held(OrderMatch.choice(change, ids), meanwhile: [])
      return [first]
    }
    if let unmatched = Self.match(orders).unmatched(
      change, rules, firstSeenAt: held.firstSeenAt, now: bench.now())
    {
      if case .wait = unmatched { return [] }
      first.outcome = Self.outcome(unmatched)
      return [first]
    }
    var all: [StatusNews] = []
    for copy in 0..<max(1, held.copies) {
      var news = first
      if copy > 0 { news.earlier = nil }
      try judge(&news, orders[0]) { plan in
        // A line that had no order yet was never counted as one that was seen.
        held.order == nil && !isApproved
          ? plan.decide(change)
          : plan.decideAgain(change, isApproved: isApproved, isNew: held.order == nil)
      }
      all.append(news)
    }
    return all
  }

  private mutating func judge(
    _ news: inout StatusNews, _ order: HeldOrder,
    _ decide: (inout ChangeQueuePlan) -> ChangeDecision
  ) throws(Problem) {
    let content = news.change.content
    let decision = try planned(order) { plan in
      let refused = plan.order.refused[content]
      let decision = decide(&plan)
      // A refused line that fares better now is the same change.
      if plan.order.refused[content] == nil, decision != .done(.seenBefore) {
        news.earlier = news.earlier ?? refused?.change
      }
      return decision
    }
    news.order = order.id
    news.version = plans[order.id]?.version
    news.seenCount = plans[order.id]?.plan.order.seen[news.change.content]
    news.outcome = outcome(decision, news.change, order)
  }

  private mutating func planned(
    _ order: HeldOrder, _ decide: (inout ChangeQueuePlan) -> ChangeDecision
  ) throws(Problem) -> ChangeDecision {
    if plans[order.id] == nil, let standing = try bench.ledger.standing(of: order.id) {
      let known = KnownOrder(standing, total: OrderTotal(contract)?.amount(of: order))
      plans[order.id] = (
        ChangeQueuePlan(order: known, rules: rules, now: bench.now()), standing.version
      )
      told[order.id] = ToldContents(standing.told)
    }
    guard var one = plans[order.id] else { return .done(.seenBefore) }
    let decision = decide(&one.plan)
    plans[order.id] = one
    return decision
  }

  private mutating func outcome(
    _ decision: ChangeDecision, _ change: OrderChange, _ order: HeldOrder
  ) -> StatusNews.Outcome {
    switch decision {
    case .done: .done
    case .queue(let notifications): .queued(drafts(notifications, change, order))
    case .hold(let problem, let meanwhile):
      .held(problem, meanwhile: drafts(meanwhile, change, order))
    case .refuse(let problem): .refused(problem)
    }
  }

  private mutating func drafts(
    _ notifications: [ChangeNotification], _ change: OrderChange, _ order: HeldOrder
  ) -> [NotificationDraft] {
    let body = NotificationBody(contract)
    return notifications.map { notification in
      let content = body.content(of: notification.fields, order.requestOrderId)
      let ordinal = told[order.id, default: ToldContents([])].next(content)
      let requestId = RequestId.of(
        NotificationBody.call, content, ordinal: ordinal, of: order, bench.orderScope)
      return body.draft(of: notification, requestId, for: order, at: change.changedAt)
    }
  }

  private static func outcome(_ unmatched: OrderMatch.Unmatched) -> StatusNews.Outcome {
    switch unmatched {
    case .wait(let until): .waiting(until: until)
    case .refuse(let problem): .refused(problem)
    }
  }

  private static func match(_ orders: [HeldOrder]) -> OrderMatch {
    switch orders.count {
    case 0: .none
    case 1: .one(requestOrderId: orders[0].requestOrderId)
    default: .several(orders.map(\.requestOrderId))
    }
  }

  /// How long a number that the POS calls out belongs to its order: it comes again another day.
  private static let day: Int64 = 24 * 3_600_000

  /// How much the POS's clock may be behind ours.
  private static let hour: Int64 = 3_600_000

  private mutating func orders(for change: OrderChange) throws(Problem) -> [HeldOrder] {
    let orders: [HeldOrder]
    if let known = matches[change.key] {
      orders = known
    } else {
      orders = try bench.ledger.orders(bench.orderScope, change.matchBy, change.order, limit: 10)
      matches[change.key] = orders
    }
    guard change.matchBy == .shortOrderNumber else { return orders }
    let time = change.changedAt ?? bench.now()
    return orders.filter { (time - Self.day...time + Self.hour).contains($0.receivedAt) }
  }

  /// Of the orders that have the number those that are meant.
  private mutating func orders(meantBy change: OrderChange) throws(Problem) -> [HeldOrder] {
    let orders = try orders(for: change)
    guard orders.count > 1 else { return orders }
    var candidates: [NumberMatch.Candidate] = []
    for order in orders {
      guard let standing = try bench.ledger.standing(of: order.id) else { continue }
      let planned = plans[order.id]?.plan.order
      let status = planned?.statuses.last?.status ?? order.status
      let seen = planned?.seen ?? standing.seen
      candidates.append(
        NumberMatch.Candidate(
          order: order, place: "\(order.store) \(channel(of: order))",
          endedAt: contract.journey.next(after: status, by: .pos).isEmpty
            ? planned == nil ? standing.steps.last?.at ?? order.receivedAt : bench.now() : nil,
          hasSeenLine: change.changedAt != nil && seen[change.content] != nil))
    }
    return NumberMatch(now: bench.now()).orders(meantBy: change, candidates).map(\.order)
  }

  private func channel(of order: HeldOrder) -> String {
    guard let body = order.body,
      let field = contract.messages["createOrder"]?.field(.orderChannel)
    else { return "" }
    let document = JSONDocument()
    guard Bytes.withBytes(of: body, { try? document.parseRepairing($0) }) != nil else { return "" }
    var value: JSONValue? = document.root
    for name in field.path.split(separator: ".") { value = value?[String(name)] }
    return value?.text ?? ""
  }

  /// What was decided about an order remains with it, whoever has its number by now.
  private mutating func orders(
    of held: HeldStatusChange, _ chosen: Int64?
  ) throws(Problem) -> [HeldOrder] {
    guard let order = held.order ?? chosen else { return try orders(meantBy: held.change) }
    return try bench.ledger.standing(of: order).map { [$0.order] } ?? []
  }
}

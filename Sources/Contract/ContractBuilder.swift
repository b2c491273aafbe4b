import Digests
import Records

/// Makes the contract of a draft, or finds what does not fit together in it.
struct ContractBuilder {
  let draft: ContractDraft
  let problems: ProblemList

  /// The contract; worth something only where no problem was added.
  func contract() -> Contract {
    let kinds = draft.kinds.map { kind in
      Contract.ProductType(
        name: kind.name, takesStatusUpdate: kind.takesStatusUpdate, hasChildren: kind.hasChildren,
        basis: kind.basis ?? .assumed)
    }
    let messages = draft.calls.map(message)
    return Contract(
      messages: Dictionary(messages.map { ($0.name, $0) }) { first, _ in first },
      productTypes: kinds, availableStatus: draft.available, unavailableStatus: draft.unavailable,
      journey: journey, remedies: draft.remedies.filter { $0.key != Self.otherwise },
      generalRemedy: draft.remedies[Self.otherwise] ?? "", rateLimitCodes: draft.rateLimitCodes,
      answers: draft.answers,
      digest: ContractText(messages: messages, types: kinds, draft: draft).digest)
  }

  /// The key of the remedy for codes that have none of their own.
  private static let otherwise = "otherwise"

  private func message(_ call: ContractDraft.Call) -> Contract.Message {
    let words = FieldTreeBuilder.Words(
      types: draft.kinds.map(\.name), statuses: [draft.available, draft.unavailable])
    let trees = FieldTreeBuilder(message: call.name, words: words, problems: problems)
    let fields = trees.tree(of: call.request)
    let message = Contract.Message(
      name: call.name, path: call.path ?? "", direction: call.direction ?? .toDStore,
      idempotencyKey: key(of: call, among: fields), fields: fields,
      answer: trees.tree(of: call.answer), statusUpdateBasis: call.statusUpdate)
    refuseMissingRoles(in: message, call.place)
    return message
  }

  private func key(
    of call: ContractDraft.Call, among fields: [Contract.Field]
  ) -> Contract.Field? {
    guard let name = call.idempotencyKey else { return nil }
    // Like every path in contract files it is the one before renaming.
    let path = FieldPath(name)
    let wire = path.flatMap { call.request[$0]?.rename } ?? name
    if let field = fields.first(where: { $0.name == wire }) { return field }
    problems.add(
      Problem(
        "contract-unknown", at: call.place, value: name,
        "the idempotency key of \(call.name) is not a field of it",
        remedy: "Set idempotencyKey to the path of one of its fields."))
    return nil
  }

  /// Without these the program could not make or understand the message at all.
  private static let neededRoles: [String: [Contract.Role]] = [
    "syncProduct": [
      .requestId, .accountId, .storeId, .products, .productId, .productType, .productStatus,
    ],
    "notifyOrderChange": [.requestId, .requestOrderId, .orderStatus],
    "createOrder": [.requestOrderId, .accountId, .storeId],
    "pushOrderChange": [.requestId, .requestOrderId],
    "inquireOrderDetail": [.requestOrderId],
  ]

  private func refuseMissingRoles(in message: Contract.Message, _ place: Place) {
    for role in Self.neededRoles[message.name] ?? [] where message.field(role) == nil {
      problems.add(
        Problem(
          "contract-role", at: place, value: role.rawValue,
          "no field of \(message.name) has this role, and the program needs it",
          remedy: "Give one field `role: \(role.rawValue)`, or don't remove the one that had it."))
    }
  }

  private var journey: Contract.Journey {
    for (status, stop) in draft.stops.sorted(by: { $0.key < $1.key }) {
      for next in stop.next + stop.byChannel where draft.stops[next] == nil {
        let guess = suggestion(for: next, among: draft.stops.keys.sorted())
        problems.add(
          Problem(
            "contract-journey", at: stop.place, value: next,
            "a status that may follow \(status) is not in the journey itself",
            remedy: guess.isEmpty ? "Add it to the journey: \(next): {basis: …}" : guess))
      }
    }
    refuseWrongFirst()
    return Contract.Journey(
      first: draft.first.status,
      stops: draft.stops.mapValues { stop in
        Contract.Journey.Stop(
          next: stop.next, byChannel: stop.byChannel, basis: stop.basis ?? .assumed)
      })
  }

  /// The status of a stored order must be one that a new order may have.
  private func refuseWrongFirst() {
    let start = Contract.Journey.start
    let next = draft.stops[start]?.next ?? []
    guard !next.contains(draft.first.status) else { return }
    problems.add(
      Problem(
        "contract-journey", at: draft.first.place, value: draft.first.status,
        "a stored order gets this status, and it is not one that may follow \(start)",
        remedy: "Set first to one of them: \(start): {first: \(next.first ?? "…")}"))
  }
}

import Records

/// What a proven request wants of the desk.
enum Errand: Sendable {
  case order(ReceivedOrder)
  case change(ReceivedChange)
  /// How an order stands.
  case inquiry(requestOrderId: String, flags: [OrderFlag])
  /// Nothing that can be done: to be recorded and refused.
  case hopeless(RefusedCall, Refusal)

  /// Nothing where it could not be read.
  var requestOrderId: String? {
    switch self {
    case .order(let order): order.requestOrderId
    case .change(let change): change.requestOrderId
    case .inquiry(let id, _): id
    case .hopeless(let call, _): call.requestOrderId
    }
  }

  /// As ``ReceivedOrder/digest``; `nil` for what has none.
  var digest: String? {
    switch self {
    case .order(let order): order.digest
    case .change(let change): change.digest
    case .inquiry: nil
    case .hopeless(let call, _): call.digest
    }
  }

  var flags: [OrderFlag] {
    switch self {
    case .order(let order): order.flags
    case .change(let change): change.flags
    case .inquiry(_, let flags): flags
    case .hopeless: []
    }
  }
}

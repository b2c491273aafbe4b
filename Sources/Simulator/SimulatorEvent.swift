import Records

/// What the simulator did with one request, for its log and for tests.
package struct SimulatorEvent: Hashable, Sendable {
  package enum Effect: Hashable, Sendable {
    /// Nothing was changed.
    case nothing
    /// The stored result of this key was given again; nothing was changed.
    case repeated
    /// The store's menu was replaced by so many products.
    case menuReplaced(store: String, products: Int)
    /// So many products of the store have another status.
    case statusesChanged(store: String, products: Int)
    /// The POS has changed an order that was placed; `to` says what, in words.
    case orderChanged(order: String, to: [String])
    /// Taken; the simulator keeps nothing of such messages but their results.
    case noted
  }

  package var path: String
  package var requestId: String?
  /// Bytes of the request's body.
  package var size: Int
  package var fault: Fault?
  /// Nothing where no answer was made.
  package var httpStatus: Int?
  /// Nothing where the answer holds no result.
  package var result: GatewayResult?
  package var effect: Effect

  /// One line: what came, what was done, what was answered.
  package var line: String {
    var parts = [path, requestId.map { Problem.shown($0) } ?? "no id", "\(size) bytes:"]
    switch effect {
    case .nothing: parts.append("nothing changed;")
    case .repeated: parts.append("a repeat, nothing changed;")
    case .menuReplaced(let store, let count):
      parts.append("menu of \(Problem.shown(store)) replaced by \(count) products;")
    case .statusesChanged(let store, let count):
      parts.append("\(count) statuses of \(Problem.shown(store)) changed;")
    case .orderChanged(let order, let words):
      parts.append("order \(order): \(words.joined(separator: ", ").orElse("nothing new"));")
    case .noted: parts.append("noted;")
    }
    if let result {
      parts.append("answered \(result.status) \(result.code)")
      if result.status != "S" { parts.append("(\(Problem.shown(result.message)))") }
    } else {
      parts.append(httpStatus.map { "answered HTTP \($0)" } ?? "not answered")
    }
    if let fault { parts.append("[fault \(fault.text)]") }
    return parts.joined(separator: " ")
  }
}

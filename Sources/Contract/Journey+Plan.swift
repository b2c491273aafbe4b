extension Contract.Journey {
  /// How an order comes from one status to another.
  package enum Plan: Sendable, Hashable {
    /// The statuses to set, one after the other; the last one is the one that was asked for.
    case steps([String])
    /// It has that status already.
    case repeated
    /// There is no such way; why, a clause without a full stop.
    case refused(String)

    /// Whether it comes to that status, or is there.
    package var isPossible: Bool {
      if case .refused = self { return false }
      return true
    }
  }

  /// The way from a status to another.
  ///
  /// Filled in is the shortest way, of several the first by the journey's own order. Never filled in
  /// is what ends an order, nor what an order may become before it was even placed: that is a way
  /// out of the journey, which somebody must have said. Nothing is filled in for an order that was
  /// not placed.
  /// - Parameter fills: whether statuses in between are filled in.
  package func plan(
    from: String, to: String, by actor: Actor, fills: Bool
  ) -> Plan {
    if from == to { return .repeated }
    for status in [from, to] where stops[status] == nil {
      return .refused("the contract's journey has no status \(status)")
    }
    if allows(to, after: from, by: actor) { return .steps([to]) }
    let way = from == Self.start ? [] : way(from: from, to: to, by: actor)
    if fills, !way.isEmpty { return .steps(way) }
    return .refused(reason(from: from, to: to, by: actor, way))
  }

  /// The shortest way, its end included; empty where there is none.
  private func way(from: String, to: String, by actor: Actor) -> [String] {
    var cameFrom = [from: from]
    var open = [from]
    while !open.isEmpty, cameFrom[to] == nil {
      var further: [String] = []
      for status in open where status == from || mayBeFilledIn(status) {
        for next in next(after: status, by: actor) where cameFrom[next] == nil {
          cameFrom[next] = status
          further.append(next)
        }
      }
      open = further
    }
    var way: [String] = []
    var status = to
    while status != from, let previous = cameFrom[status] {
      way.insert(status, at: 0)
      status = previous
    }
    return way
  }

  private func mayBeFilledIn(_ status: String) -> Bool {
    !isFinal(status) && !(stops[Self.start]?.next.contains(status) ?? false)
  }

  private func reason(
    from: String, to: String, by actor: Actor, _ way: [String]
  ) -> String {
    if isFinal(from) { return "the order is \(from), after which nothing follows" }
    if way.count > 1 {
      let steps = way.dropLast().joined(separator: " and ")
      return "the order is \(from), and \(to) may follow only after \(steps)"
    }
    if actor == .pos, allows(to, after: from, by: .channel) {
      return "the order is \(from), after which only the channel may set \(to)"
    }
    if next(after: from, by: actor).isEmpty {
      return "the order is \(from), after which the POS sets no other status"
    }
    if !self.way(from: to, to: from, by: actor).isEmpty {
      return "the order is \(from), and \(to) would be a step back"
    }
    return "the order is \(from), and \(to) may not follow that"
  }
}

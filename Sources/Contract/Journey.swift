extension Contract {
  /// How an order's status may go on.
  package struct Journey: Sendable {
    package enum Actor: Sendable { case pos, channel }

    package struct Stop: Sendable, Hashable {
      /// Statuses that may follow, whoever sets them.
      package let next: [String]
      /// Statuses that only D-Store may set from here.
      package let byChannel: [String]
      package let basis: Basis
    }

    /// The status of an order that nobody has heard of yet.
    package static let start = "new"

    /// The status of an order once it is stored; it may follow ``start``.
    package let first: String
    /// By status; ``start`` among them.
    package let stops: [String: Stop]

    /// What may follow a status; nothing follows one that the contract does not know.
    package func next(after status: String, by actor: Actor) -> [String] {
      guard let stop = stops[status] else { return [] }
      return actor == .channel ? stop.next + stop.byChannel : stop.next
    }

    package func allows(_ status: String, after previous: String, by actor: Actor) -> Bool {
      next(after: previous, by: actor).contains(status)
    }

    /// Whether nobody can set another status any more.
    package func isFinal(_ status: String) -> Bool {
      stops[status].map { $0.next.isEmpty && $0.byChannel.isEmpty } ?? false
    }
  }
}

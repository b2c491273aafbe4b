import LedgerStore
import Records

/// Which order a change means whose number several orders have, because a channel or the POS uses
/// its numbers again.
///
/// A step of the journey, or a number, means the order that is open, and where none is, the newest
/// that came before the change. A number counts within its store and channel: where none is open,
/// the newest of each may be meant. What ends an order or gives money back may mean each that is open
/// or ended less than seven days ago.
struct NumberMatch {
  /// In milliseconds since 1970.
  let now: Int64

  /// An order that has the number; those that came last are first.
  struct Candidate {
    let order: HeldOrder
    /// Its store and channel.
    let place: String
    /// When it ended; `nil` while it is open.
    let endedAt: Int64?
    /// Whether this very line, with its time, was seen of it before.
    let hasSeenLine: Bool
  }

  private static let week: Int64 = 7 * 86_400_000
  /// How much the POS's clock may be behind ours.
  private static let hour: Int64 = 3_600_000

  /// Whether a person must choose where several orders may be meant: what it does is not undone.
  static func needsChoice(_ change: OrderChange) -> Bool {
    (change.refund?.value ?? 0) > 0
      || ["CANCELLED", "REJECTED"].contains(change.orderStatus ?? "")
  }

  func orders(meantBy change: OrderChange, _ candidates: [Candidate]) -> [Candidate] {
    if let known = candidates.first(where: \.hasSeenLine) { return [known] }
    let before = candidates.filter { candidate in
      change.changedAt.map { candidate.order.receivedAt <= $0 + Self.hour } ?? true
    }
    let possible = before.isEmpty ? candidates : before
    let open = possible.filter { $0.endedAt == nil }
    let recent = possible.filter { $0.endedAt.map { $0 > now - Self.week } ?? true }
    let meant =
      if Self.needsChoice(change) { recent } else if !open.isEmpty { open } else {
        newest(ofEach: recent)
      }
    return meant.isEmpty ? Array(possible.prefix(1)) : meant
  }

  private func newest(ofEach candidates: [Candidate]) -> [Candidate] {
    var places: Set<String> = []
    return candidates.filter { places.insert($0.place).inserted }
  }
}

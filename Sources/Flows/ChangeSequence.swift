package import Contract
package import Records

/// Changes in the order in which they happened: by their times, and as they were said where times
/// are equal. A change without a time happened right after the one of its order said before it.
package enum ChangeSequence {
  /// - Parameters:
  ///   - said: what holds the changes, as they were said: by file and line.
  ///   - change: gives the change of one.
  package static func inOrder<Said>(_ said: [Said], by change: (Said) -> OrderChange) -> [Said] {
    var latest: [String: Int64] = [:]
    let timed = said.enumerated().map { index, one in
      let time = change(one).changedAt ?? latest[change(one).key] ?? .min
      latest[change(one).key] = time
      return (time: time, index: index, one: one)
    }
    return timed.sorted { ($0.time, $0.index) < ($1.time, $1.index) }.map(\.one)
  }

  /// The lines of one file. Where the times of an order's lines contradict the journey and their
  /// sequence does not, as when a clock was put back between them, the sequence decides; lines of
  /// the same time follow the journey.
  ///
  /// - Returns: also the orders, in the POS's words, whose lines contradicted their times or stood
  ///   otherwise than the journey goes.
  package static func inOrder(
    _ said: [OrderChange], along journey: Contract.Journey
  ) -> (changes: [OrderChange], corrected: [String]) {
    var changes = inOrder(said, by: \.self)
    var places: [String: [Int]] = [:]
    for (index, change) in changes.enumerated() { places[change.key, default: []].append(index) }
    let lines = Dictionary(grouping: said, by: \.key)
    var corrected: [String] = []
    for (key, own) in places where own.count > 1 {
      let asSaid = lines[key] ?? []
      let timed = sorted(own.map { changes[$0] }, along: journey)
      let isSaidRight = follows(asSaid, journey)
      let isTimedRight = follows(timed, journey)
      if isSaidRight && isTimedRight || !isSaidRight && !isTimedRight {
        for (place, change) in zip(own, timed) { changes[place] = change }
        continue
      }
      for (place, change) in zip(own, isTimedRight ? timed : asSaid) { changes[place] = change }
      corrected.append(asSaid[0].order)
    }
    return (changes, corrected.sorted())
  }

  /// Whether each status can come after the one before it, whoever sets what is between them.
  private static func follows(_ changes: [OrderChange], _ journey: Contract.Journey) -> Bool {
    let statuses = changes.compactMap(\.orderStatus)
    return zip(statuses, statuses.dropFirst()).allSatisfy { leads($0, to: $1, journey) }
  }

  private static func leads(_ from: String, to: String, _ journey: Contract.Journey) -> Bool {
    journey.plan(from: from, to: to, by: .channel, fills: true).isPossible
  }

  /// Puts neighbours of the same stated time in the journey's order.
  private static func sorted(
    _ changes: [OrderChange], along journey: Contract.Journey
  ) -> [OrderChange] {
    var changes = changes
    for index in changes.indices {
      var place = index
      while place > 0, changes[place].changedAt != nil,
        changes[place].changedAt == changes[place - 1].changedAt,
        let status = changes[place].orderStatus, let before = changes[place - 1].orderStatus,
        status != before, leads(status, to: before, journey), !leads(before, to: status, journey)
      {
        changes.swapAt(place, place - 1)
        place -= 1
      }
    }
    return changes
  }
}

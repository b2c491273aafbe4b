import Synchronization

/// Counts the large bodies that are on their way, so that their memory stays bounded although
/// nobody has proven yet who sends them.
final class LargeBodyRoom: Sendable {
  /// The right to one large body; given back with the value.
  final class Share: Sendable {
    private let room: LargeBodyRoom

    fileprivate init(_ room: LargeBodyRoom) { self.room = room }

    deinit { room.taken.withLock { $0 -= 1 } }
  }

  private let most: Int
  private let taken = Mutex(0)

  init(most: Int) { self.most = most }

  var count: Int { taken.withLock { $0 } }

  /// - Returns: nothing where there is no room for another one now.
  func share() -> Share? {
    let isThere = taken.withLock { taken in
      guard taken < most else { return false }
      taken += 1
      return true
    }
    return isThere ? Share(self) : nil
  }
}

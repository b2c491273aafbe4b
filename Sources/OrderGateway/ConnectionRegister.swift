import NIOCore
import Synchronization

/// All open connections. Where there are too many, the one that was idle for longest makes room,
/// so that whoever holds connections open and says nothing keeps nobody out.
final class ConnectionRegister: Sendable {
  /// Tells a connection to close, unless a request of it is being answered.
  enum Order: Sendable { case makeRoom, closeAtOnce }

  private struct Entry {
    let channel: any Channel
    var isAnswering = false
    /// Whether a request of it was D-Store's.
    var isProven = false
    var isLeaving = false
    /// When it last did something.
    var since = NIODeadline.now()
  }

  private struct State {
    var entries: [Int: Entry] = [:]
    var leaving = 0
    var next = 0
  }

  private let most: Int
  private let state = Mutex(State())

  /// - Parameter most: how many connections may be open.
  init(most: Int) { self.most = most }

  var count: Int { state.withLock { $0.entries.count } }

  /// - Returns: the connection's number; nothing where none can make room for it.
  func enter(_ channel: any Channel) -> Int? {
    let (id, leaver) = state.withLock { state -> (Int?, (any Channel)?) in
      var leaver: (any Channel)?
      if state.entries.count - state.leaving >= most {
        guard let idlest = Self.idlest(state.entries) else { return (nil, nil) }
        leaver = state.entries[idlest]?.channel
        state.entries[idlest]?.isLeaving = true
        state.leaving += 1
      }
      state.next += 1
      state.entries[state.next] = Entry(channel: channel)
      return (state.next, leaver)
    }
    leaver?.pipeline.fireUserInboundEventTriggered(Order.makeRoom)
    return id
  }

  func leave(_ id: Int) {
    state.withLock { state in
      if state.entries.removeValue(forKey: id)?.isLeaving == true { state.leaving -= 1 }
    }
  }

  /// A request of the connection is being answered, or was.
  func mark(_ id: Int, isAnswering: Bool, isProven: Bool) {
    state.withLock { state in
      state.entries[id]?.isAnswering = isAnswering
      state.entries[id]?.isProven = isProven
      state.entries[id]?.since = .now()
    }
  }

  /// Ends every connection, whatever it does.
  func closeAll() {
    let channels = state.withLock { $0.entries.values.map(\.channel) }
    for channel in channels {
      channel.pipeline.fireUserInboundEventTriggered(Order.closeAtOnce)
    }
  }

  /// Strangers before those who have shown that they are D-Store.
  private static func idlest(_ entries: [Int: Entry]) -> Int? {
    entries.filter { !$0.value.isAnswering && !$0.value.isLeaving }.min { left, right in
      let (left, right) = (left.value, right.value)
      return left.isProven == right.isProven ? left.since < right.since : right.isProven
    }?.key
  }
}

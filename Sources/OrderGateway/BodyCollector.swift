import NIOCore

/// Collects a request's body, up to its limit.
struct BodyCollector {
  private(set) var bytes: [UInt8] = []
  private let limits: GatewayLimits
  private let room: LargeBodyRoom
  private var share: LargeBodyRoom.Share?

  enum Fault: Error {
    case tooLarge
    /// Too many large bodies are on their way.
    case noRoom
  }

  init(limits: GatewayLimits, room: LargeBodyRoom, size: Int?) {
    self.limits = limits
    self.room = room
    if let size, size > 0 { bytes.reserveCapacity(min(size, limits.smallBody)) }
  }

  mutating func take(_ piece: ByteBuffer) throws(Fault) {
    let size = bytes.count + piece.readableBytes
    guard size <= limits.body else { throw .tooLarge }
    if size > limits.smallBody, share == nil {
      guard let share = room.share() else { throw .noRoom }
      self.share = share
    }
    bytes.append(contentsOf: piece.readableBytesView)
  }
}

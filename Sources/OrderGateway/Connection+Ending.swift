import NIOCore
import NIOSSL

/// How a connection ends, and when.
extension Connection {
  /// Sets when the present stage ends at the latest.
  func expire(in time: Duration) { deadline = .now() + TimeAmount(time) }

  func lookAtClock() {
    guard let deadline, deadline <= .now() else { return }
    self.deadline = nil
    switch stage {
    case .waiting: close()
    case .receiving:
      tellClosed("the body was not complete in time")
      closeAtOnce()
    case .answering: break
    case .writing, .parting, .leaving: closeAtOnce()
    }
  }

  /// The caller sends nothing more.
  ///
  /// - Parameter isGone: without TLS's last word. To wait for it would keep the memory of a
  ///   connection that nobody counts any more.
  func hungUp(isGone: Bool = false) {
    if stage == .receiving { tellClosed("the caller hung up before the body was complete") }
    if isGone { closeAtOnce() } else { close() }
  }

  /// Closes as TLS wants it; what was written arrives before.
  func close() {
    guard stage != .leaving else { return }
    stage = .leaving
    context?.close(promise: nil)
    readOn()
  }

  /// Closes without waiting for the other side to agree.
  func closeAtOnce() {
    stage = .leaving
    let tls = try? context?.pipeline.syncOperations.context(handlerType: NIOSSLServerHandler.self)
    (tls ?? context)?.close(promise: nil)
  }

  /// Ends before its time, for others or because the gateway ends.
  func cutOff() {
    if stage == .receiving { tellClosed("it was cut off while its body came") }
    closeAtOnce()
  }

  /// Stays for a moment without reading on: closed at once, the connection would be reset, and
  /// the answer could be lost before the caller reads it.
  func part() {
    stage = .parting
    expire(in: parts.limits.farewell)
  }

  /// The gateway is being stopped: what has begun is finished.
  func quiesce() {
    switch stage {
    case .waiting: close()
    case .receiving, .answering, .writing: closesAfter = true
    case .parting, .leaving: break
    }
  }

  func tellClosed(_ reason: String) {
    var event =
      request?.event(.closed, reason: reason, peer: peer) ?? GatewayEvent(.closed, reason: reason)
    event.peer = peer
    parts.observer(event)
  }
}

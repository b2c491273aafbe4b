import NIOCore

/// A request that is coming in on a connection, or is being answered.
struct IncomingRequest {
  let head: RequestHead
  let finding: HeadCheck.Finding
  /// When its headers were complete.
  let begun = NIODeadline.now()
  var body: BodyCollector
  /// Whether all of its body came.
  var isComplete = false
  var isProven = false
  /// What it wants, once that is proven.
  var errand: Errand?

  /// The call that its path names.
  var call: Call? {
    switch finding {
    case .call(let call): call
    case .refused(_, let call): call
    case .health: nil
    }
  }

  /// What is to be told of it.
  func event(_ outcome: GatewayEvent.Outcome, reason: String, peer: String?) -> GatewayEvent {
    var event = GatewayEvent(outcome, reason: reason)
    event.call = call?.kind.rawValue ?? "request"
    event.requestOrderId = errand?.requestOrderId
    event.isProven = isProven
    event.flags = errand?.flags ?? []
    event.size = body.bytes.count
    event.milliseconds = Int((NIODeadline.now() - begun).nanoseconds / 1_000_000)
    event.peer = peer
    return event
  }
}

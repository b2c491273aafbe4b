import Contract
import NIOCore
import NIOHTTP1
import NIOSSL

/// One connection: collects a request within its limits, has it answered, then takes the next one.
///
/// While a request is being answered nothing more is read, so that a caller who sends without
/// waiting, or who does not read, fills his own buffers and not our memory.
final class Connection: ChannelDuplexHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias OutboundIn = HTTPServerResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  enum Stage {
    /// For a request's headers.
    case waiting
    /// A body.
    case receiving
    case answering
    /// The answer was written; the caller has not taken all of it yet.
    case writing
    /// The rest of the request is not wanted; the caller has a moment to read why.
    case parting
    /// Nothing that comes matters any more.
    case leaving
  }

  let parts: GatewayParts
  var stage = Stage.waiting
  var request: IncomingRequest?
  /// Whether the connection ends with the answer that is next.
  var closesAfter = false
  var deadline: NIODeadline?
  var peer: String?
  var isProven = false
  /// What has requests answered.
  private(set) var executor: LoopExecutor?
  private(set) var context: ChannelHandlerContext?
  private var number: Int?
  private var ticker: RepeatedTask?
  private var ahead: CircularBuffer<HTTPServerRequestPart> = []
  private var isReadHeld = false

  init(_ parts: GatewayParts) { self.parts = parts }

  func handlerAdded(context: ChannelHandlerContext) {
    self.context = context
    executor = LoopExecutor(loop: context.eventLoop)
    peer = context.remoteAddress?.ipAddress
    number = parts.register.enter(context.channel)
    guard number != nil else {
      tellClosed("no more requests can be answered at once")
      return closeAtOnce()
    }
    expire(in: parts.limits.headerTime)
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    let tick = TimeAmount(parts.limits.tick)
    ticker = context.eventLoop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in
      connection.value.lookAtClock()
    }
  }

  func handlerRemoved(context: ChannelHandlerContext) {
    ticker?.cancel()
    if let number { parts.register.leave(number) }
    self.context = nil
  }

  func channelInactive(context: ChannelHandlerContext) {
    hungUp()
    context.fireChannelInactive()
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    let part = unwrapInboundIn(data)
    switch stage {
    case .waiting, .receiving: take(part)
    case .answering, .writing: keep(part)
    case .parting, .leaving: break
    }
  }

  func read(context: ChannelHandlerContext) {
    switch stage {
    // TLS ends well only where the other side's last word is read.
    case .waiting, .receiving, .leaving: context.read()
    case .answering, .writing, .parting: isReadHeld = true
    }
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    switch event {
    case ChannelEvent.inputClosed where stage == .waiting || stage == .receiving: hungUp()
    case ChannelEvent.inputClosed: closesAfter = true
    case ConnectionRegister.Order.makeRoom where stage == .answering: closesAfter = true
    case is ConnectionRegister.Order: cutOff()
    case is ChannelShouldQuiesceEvent: quiesce()
    default: context.fireUserInboundEventTriggered(event)
    }
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    switch (error, stage) {
    case (_, .leaving): closeAtOnce()
    case (NIOSSLError.uncleanShutdown, _), (is IOError, _): hungUp(isGone: true)
    case (is HTTPParserError, .answering), (is HTTPParserError, .writing): closesAfter = true
    case (HTTPParserError.invalidEOFState, _): hungUp()
    case (let error as HTTPParserError, _): refuseMalformed(error)
    case (let error as NIOSSLError, .waiting) where request == nil:
      tellClosed("TLS did not come about: \(error.words)")
      close()
    default: close()
    }
  }

  /// Takes what came early, then reads on.
  func goOn() {
    while stage == .waiting || stage == .receiving, let part = ahead.popFirst() { take(part) }
    if stage == .waiting || stage == .receiving { readOn() }
  }

  /// Reads what was held back.
  func readOn() {
    guard isReadHeld else { return }
    isReadHeld = false
    context?.read()
  }

  func mark(isAnswering: Bool) {
    guard let number else { return }
    parts.register.mark(number, isAnswering: isAnswering, isProven: isProven)
  }

  private func keep(_ part: HTTPServerRequestPart) {
    guard !closesAfter else { return }
    ahead.append(part)
    if ahead.count > parts.limits.partsAhead {
      ahead.removeAll()
      closesAfter = true
    }
  }

  private func take(_ part: HTTPServerRequestPart) {
    switch part {
    case .head(let head): begin(RequestHead(head))
    case .body(let piece): collect(piece)
    case .end: end()
    }
  }

  private func begin(_ head: RequestHead) {
    let finding = parts.check.finding(head)
    request = IncomingRequest(
      head: head, finding: finding,
      body: BodyCollector(limits: parts.limits, room: parts.largeBodies, size: head.bodySize))
    stage = .receiving
    expire(in: parts.limits.bodyTime)
    if case .refused(let refusal, _) = finding {
      // A small body is waited for, so that the connection can go on.
      let isSmall = head.bodySize.map { $0 >= 0 && $0 <= parts.limits.smallBody } ?? false
      if head.expectsContinue || !isSmall { refuseAtOnce(refusal) }
    } else if head.expectsContinue, head.bodySize != 0 {
      sendContinue()
    }
  }

  private func collect(_ piece: ByteBuffer) {
    guard case .call? = request?.finding else { return }
    do throws(BodyCollector.Fault) {
      try request?.body.take(piece)
    } catch {
      switch error {
      case .tooLarge: refuseAtOnce(parts.check.tooLarge)
      case .noRoom: refuseAtOnce(Refusal(.trouble, "too many large requests are on their way"))
      }
    }
  }

  private func end() {
    request?.isComplete = true
    switch request?.finding {
    case .call(let call): judge(call)
    case .health: answerHealth()
    case .refused(let refusal, _): answer(Reply(refusal))
    case nil: break
    }
  }
}

import Contract
import NIOCore
import NIOHTTP1
import Records

/// How a request is answered.
extension Connection {
  /// Proves and reads the request, and has the desk do what it wants.
  func judge(_ call: Call) {
    guard let request, let context else { return }
    let errand: Errand
    do throws(Refusal) {
      errand = try parts.reception.errand(request.head, call, body: request.body.bytes)
    } catch {
      switch error.occasion {
      case .badSignature: parts.reception.desk.noteUnverified(at: parts.reception.now())
      case .unknownClient: break
      default: prove()
      }
      return answer(Reply(error))
    }
    self.request?.errand = errand
    prove()
    wait()
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    Task.immediate(executorPreference: executor) { [reception = parts.reception] in
      let reply = await reception.carryOut(errand)
      connection.value.answer(reply)
    }
  }

  /// The request is D-Store's, and so is whoever is at the other end of the connection.
  private func prove() {
    isProven = true
    request?.isProven = true
  }

  func answerHealth() {
    guard let context else { return }
    wait()
    let connection = NIOLoopBound(self, eventLoop: context.eventLoop)
    let loop = context.eventLoop
    Task { [health = parts.health] in
      let finding = await health.finding()
      loop.execute { connection.value.answer(finding) }
    }
  }

  /// Answers before the whole request is there. The rest of it is not read.
  func refuseAtOnce(_ refusal: Refusal) {
    closesAfter = true
    answer(Reply(refusal))
  }

  /// What cannot be understood as HTTP has no call, and no path that could be signed.
  func refuseMalformed(_ error: HTTPParserError) {
    tellClosed("this is no HTTP: \(error)")
    closesAfter = true
    let head = HTTPResponseHead(
      version: .http1_1, status: .badRequest,
      headers: ["Content-Length": "0", "Connection": "close"])
    stage = .writing
    expire(in: parts.limits.answerTime)
    write(head, [], whenTaken: part)
  }

  func sendContinue() {
    context?.writeAndFlush(
      wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
  }

  func answer(_ reply: Reply) {
    guard let request else { return }
    let answer = parts.bodies.contract.answer(on: reply.occasion)
    var event = request.event(
      .answered(
        status: answer.status.rawValue, code: answer.code, httpStatus: reply.httpStatus),
      reason: reply.message, peer: peer)
    event.posOrderId = reply.posOrderId
    event.isRepeat = reply.isRepeat
    event.problem = reply.problem
    if context?.channel.isActive == true {
      let body = parts.bodies.bytes(reply, to: request.call?.message)
      do throws(Problem) {
        let headers = try parts.headers.signed(request.head, request.call, body: body)
        send(reply.httpStatus, headers, body)
      } catch {
        event.outcome = .unsigned
        event.problem = Self.unsigned(error)
        send(500, parts.headers.unsigned(size: 0), [])
      }
    } else {
      event.outcome = .closed
      event.reason = "the caller hung up before the answer"
    }
    parts.observer(event)
  }

  private static func unsigned(_ cause: Problem) -> Problem {
    Problem(
      "answer-unsigned", "the answer cannot be signed, so HTTP 500 was sent: \(cause.message)",
      remedy: "D-Store asks again and gets its answer then. Check keys.private and clientId with "
        + "dstore-connector check, and restart serve.")
  }

  private func answer(_ finding: HealthCheck.Finding) {
    let body = finding.body
    send(finding.httpStatus, parts.headers.unsigned(size: body.count), body)
    var event = GatewayEvent(.health(isFine: finding.problem == nil))
    event.call = "health"
    event.peer = peer
    event.problem = finding.problem
    parts.observer(event)
  }

  /// Nothing more is read until the answer is there, however long it takes.
  private func wait() {
    stage = .answering
    deadline = nil
    mark(isAnswering: true)
  }

  private func send(_ status: Int, _ headers: HTTPHeaders, _ body: [UInt8]) {
    guard let request else { return }
    if !request.head.isKeepAlive { closesAfter = true }
    var headers = headers
    if closesAfter { headers.add(name: "Connection", value: "close") }
    if status == 405 {
      headers.add(name: "Allow", value: request.call == nil ? "GET, HEAD" : "POST")
    }
    stage = .writing
    expire(in: parts.limits.answerTime)
    let head = HTTPResponseHead(
      version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
    write(head, request.head.method == "HEAD" ? [] : body, whenTaken: answered)
  }

  private func write(
    _ head: HTTPResponseHead, _ body: [UInt8], whenTaken done: @escaping () -> Void
  ) {
    guard let context else { return }
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    if !body.isEmpty {
      let buffer = context.channel.allocator.buffer(bytes: body)
      context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    }
    let taken = context.eventLoop.makePromise(of: Void.self)
    taken.futureResult.assumeIsolated().whenSuccess(done)
    context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: taken)
  }

  /// The answer is with the caller, or on its way.
  private func answered() {
    guard stage == .writing, let request else { return }
    self.request = nil
    guard !closesAfter else { return request.isComplete ? close() : part() }
    stage = .waiting
    expire(in: parts.limits.idleTime)
    mark(isAnswering: false)
    goOn()
  }
}

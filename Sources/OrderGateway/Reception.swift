import Contract
import Records

/// What becomes of a call, apart from HTTP: proven, read, handed to the desk, answered.
struct Reception: Sendable {
  let proof: RequestProof
  let reader: RequestReader
  let desk: any OrderDesk
  let now: @Sendable () -> Int64

  init(
    _ configuration: OrderGatewayConfiguration, contract: Contract, desk: any OrderDesk
  ) throws(Problem) {
    proof = RequestProof(
      clientId: configuration.clientId, verifier: configuration.verifier,
      clockSkew: configuration.clockSkew, oldestRequest: configuration.limits.oldestRequest)
    reader = try RequestReader(contract, stores: configuration.stores)
    self.desk = desk
    now = configuration.now
  }

  /// What the request wants.
  ///
  /// - Throws: why the desk is not asked: it is not proven, or a question that is too old or cannot
  ///   be read.
  func errand(_ head: RequestHead, _ call: Call, body: [UInt8]) throws(Refusal) -> Errand {
    let now = now()
    let proven = try proof.prove(head, call, body: body, now: now)
    return try reader.read(proven, call, now: now)
  }

  /// Has the desk do it, and says what to answer.
  func carryOut(_ errand: Errand) async -> Reply {
    switch errand {
    case .order(let order): reply(to: await desk.take(order))
    case .change(let change): reply(to: await desk.take(change))
    case .inquiry(let id, _): reply(to: await desk.state(of: id))
    case .hopeless(let call, let refusal):
      reply(to: await desk.take(call), refused: Reply(refusal, call.problem))
    }
  }

  /// - Parameter refused: what is answered to a call that is refused.
  private func reply(
    to answer: DeskAnswer, refused: Reply = Reply(.trouble, "this could not be done")
  ) -> Reply {
    switch answer {
    case .done(let posOrderId, let isRepeat):
      var reply = Reply(.done, "success")
      reply.posOrderId = posOrderId
      reply.isRepeat = isRepeat
      return reply
    case .conflicting:
      return Reply(.conflicting, "this id came before with another body, which was kept")
    case .unknownOrder:
      return Reply(.orderNotYet, "this order is not here, or not yet")
    case .refused: return refused
    case .trouble(let problem):
      return Self.trouble(problem)
    }
  }

  private func reply(to state: DeskState) -> Reply {
    switch state {
    case .known(let posOrderId, let orderStatus):
      var reply = Reply(.done, "success")
      reply.posOrderId = posOrderId
      reply.orderStatus = orderStatus
      return reply
    case .unknownOrder: return Reply(.unknownOrder, "this order is not here")
    case .trouble(let problem): return Self.trouble(problem)
    }
  }

  private static func trouble(_ problem: Problem) -> Reply {
    var reply = Reply(.trouble, "this could not be done now; please send it again")
    reply.problem = problem
    return reply
  }
}

import Contract
import Digests
import Glibc
import JSON
import Records
import Signing

/// What D-Store does with a request, apart from HTTP: one request at a time.
actor Gateway {
  private let configuration: SimulatorConfiguration
  private let contract: Contract
  private let signer: Signer
  private let verifier: Verifier
  private let results: ResultStore
  private let syncProduct: SyncProductCall
  private let notifyOrderChange: NotifyOrderChangeCall
  private let now: @Sendable () -> String

  init(
    _ configuration: SimulatorConfiguration, keys: SimulatorKeys, contract: Contract,
    now: @escaping @Sendable () -> String = {
      WireTime.text(epochMilliseconds: Int64(time(nil)) * 1000, offsetMinutes: 0)
    }
  ) throws(Problem) {
    self.configuration = configuration
    self.contract = contract
    self.now = now
    signer = Signer(key: keys.dstore, clientId: configuration.clientId)
    verifier = Verifier(key: keys.merchant.publicKey)
    results = try ResultStore(folder: configuration.folder + "/results")
    syncProduct = SyncProductCall(
      contract: contract, menus: try MenuStore(folder: configuration.folder + "/menus"),
      stores: configuration.stores)
    notifyOrderChange = NotifyOrderChangeCall(
      contract: contract, orders: try OrderStore(folder: configuration.folder + "/orders"))
  }

  /// Carries a request out, unless the fault forbids it, and makes the answer.
  func answer(
    _ request: GatewayRequest, fault: Fault?
  ) -> (GatewayAnswer, SimulatorEvent) {
    var event = SimulatorEvent(
      path: request.path, size: request.body.count, fault: fault, httpStatus: 200,
      effect: .nothing)
    if fault?.isCarriedOut ?? true {
      event.result = judge(request, &event)
    } else {
      event.requestId = claimedId(of: request)
      event.result = Self.result(of: fault)
    }
    return (answer(to: request, &event), event)
  }

  /// The request's id for the log, though nothing of the request is proven.
  private func claimedId(of request: GatewayRequest) -> String? {
    let document = JSONDocument()
    return Bytes.withBytes(of: request.body) { bytes in
      guard let message = try? message(of: request), let field = message.field(.requestId),
        (try? document.parse(bytes)) != nil
      else { return nil }
      return document.root.at(field.path)?.text
    }
  }

  private static func result(of fault: Fault?) -> GatewayResult? {
    switch fault {
    case .unknown: .unknown("a fault on request")
    case .refused(let code): .refusal(code, "a fault on request")
    default: nil
    }
  }

  private func answer(
    to request: GatewayRequest, _ event: inout SimulatorEvent
  ) -> GatewayAnswer {
    var answer = GatewayAnswer(
      clientId: request.clientId ?? configuration.clientId, responseTime: now())
    answer.body = event.result?.body ?? []
    if case .httpStatus(let status) = event.fault { answer.httpStatus = status }
    if case .rateLimited(let wait) = event.fault {
      answer.httpStatus = 429
      answer.retryAfter = wait
    }
    event.httpStatus = answer.httpStatus
    guard event.fault != .unsigned else { return answer }
    let exchange = Exchange(
      path: request.path, clientId: answer.clientId, time: answer.responseTime,
      method: request.method)
    let signed = event.fault == .wrongSignature ? Array("{}".utf8) : answer.body
    answer.signature = Bytes.withBytes(of: signed) { try? signer.sign(exchange, body: $0) }
    return answer
  }

  private func judge(
    _ request: GatewayRequest, _ event: inout SimulatorEvent
  ) -> GatewayResult {
    do throws(Refusal) {
      let message = try message(of: request)
      let body = try proven(request)
      return try Bytes.withBytes(of: body.bytes) { (bytes) throws(Refusal) in
        let document = JSONDocument()
        do throws(JSONFault) {
          try document.parse(bytes)
        } catch {
          throw Refusal("PARAM_ILLEGAL", "the body is not JSON: \(error.message)")
        }
        return carryOut(document.root, Digest.of(bytes), message, request, &event)
      }
    } catch {
      return error.result
    }
  }

  private func message(of request: GatewayRequest) throws(Refusal) -> Contract.Message {
    let known = contract.messages.values.first {
      $0.path == request.path && $0.direction == .toDStore
    }
    guard request.method == "POST", let known else {
      throw Refusal("INVALID_API", "there is no call \(request.method) \(request.path)")
    }
    return known
  }

  private func proven(_ request: GatewayRequest) throws(Refusal) -> VerifiedBody {
    guard let clientId = request.clientId, clientId == configuration.clientId else {
      throw Refusal("KEY_NOT_FOUND", "no public key is known for this Client-Id")
    }
    guard let time = request.requestTime, WireTime.parse(time) != nil else {
      throw Refusal("PARAM_ILLEGAL", "Request-Time is missing or is no time")
    }
    let exchange = Exchange(
      path: request.path, clientId: clientId, time: time, method: request.method)
    do throws(SignatureRefusal) {
      return try verifier.verify(exchange, body: request.body, signature: request.signature)
    } catch {
      throw Refusal("INVALID_SIGNATURE", error.message)
    }
  }

  private func carryOut(
    _ body: JSONValue, _ digest: Digest, _ message: Contract.Message, _ request: GatewayRequest,
    _ event: inout SimulatorEvent
  ) -> GatewayResult {
    event.requestId = message.field(.requestId).flatMap { body.at($0.path) }?.text
    let isSync = message.field(.products) != nil && message.field(.storeId) != nil
    let key = "\(request.path) \(configuration.clientId) \(event.requestId ?? "")"
    do throws(Problem) {
      let known = try results.entry(for: key)
      if let known, known.body == digest {
        event.effect = .repeated
        return known.result
      }
      if let refusal = refusal(of: body, message, isSync: isSync) { return refusal.result }
      guard known == nil else {
        return Refusal.inconsistent.result
      }
      let result = try effect(of: body, message, isSync: isSync, &event)
      try results.keep(.init(body: digest, result: result), for: key)
      return result
    } catch {
      return .unknown(error.description)
    }
  }

  /// Why the request is refused whatever came before it.
  private func refusal(
    of body: JSONValue, _ message: Contract.Message, isSync: Bool
  ) -> Refusal? {
    if let first = contract.check(body, as: message.name, limit: 1).first {
      return Refusal(finding: first)
    }
    return isSync ? syncProduct.refusal(of: body, message) : nil
  }

  private func effect(
    of body: JSONValue, _ message: Contract.Message, isSync: Bool, _ event: inout SimulatorEvent
  ) throws(Problem) -> GatewayResult {
    let outcome: Outcome
    if isSync {
      outcome = try syncProduct.carryOut(body, message)
    } else if message.field(.requestOrderId) != nil {
      outcome = try notifyOrderChange.carryOut(body, message, requestId: event.requestId ?? "")
    } else {
      outcome = .done(.noted)
    }
    switch outcome {
    case .done(let effect):
      event.effect = effect
      return .success
    case .refused(let refusal):
      return refusal.result
    }
  }
}

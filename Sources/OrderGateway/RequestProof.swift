import Contract
import Records
import Signing

/// Proves that a request is D-Store's, over the bytes as they arrived and before anything parses
/// them.
struct RequestProof: Sendable {
  /// A body that is D-Store's.
  struct Proven {
    let body: VerifiedBody
    /// What is odd about the request's time.
    let flags: [OrderFlag]
  }

  let clientId: String
  let verifier: Verifier
  let clockSkew: Duration
  let oldestRequest: Duration

  /// - Parameter now: milliseconds since 1970.
  func prove(
    _ head: RequestHead, _ call: Call, body: [UInt8], now: Int64
  ) throws(Refusal) -> Proven {
    guard head.clientId == clientId else {
      throw Refusal(.unknownClient, "no public key is known for this Client-Id, or there is none")
    }
    guard let time = head.time else {
      throw Refusal(.badSignature, "the header Request-Time is missing, or stands twice")
    }
    let exchange = Exchange(path: call.signedPath, clientId: clientId, time: time)
    let proven: VerifiedBody
    do throws(SignatureRefusal) {
      proven = try verifier.verify(exchange, body: body, signature: head.signature)
    } catch {
      throw Refusal(.badSignature, error.message)
    }
    return Proven(body: proven, flags: try flags(of: time, now: now))
  }

  private func flags(of time: String, now: Int64) throws(Refusal) -> [OrderFlag] {
    guard let moment = WireTime.parse(time) else {
      return [OrderFlag("request-time", "the request's time cannot be read")]
    }
    let distance = Duration.milliseconds(abs(moment &- now))
    if distance > oldestRequest {
      throw Refusal(.stale, "the request's time is more than \(oldestRequest.words) from now")
    }
    guard distance > clockSkew else { return [] }
    let side = moment < now ? "behind" : "ahead of"
    return [
      OrderFlag(
        "clock-skew", "the request's time is \(distance.words) \(side) this machine's clock")
    ]
  }
}

extension Duration {
  /// In whole seconds: `301 s`.
  fileprivate var words: String { "\(components.seconds) s" }
}

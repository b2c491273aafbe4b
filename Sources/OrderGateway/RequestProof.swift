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
    /// Why nothing may be stored, where its time is too far from now.
    let lateness: Lateness?
  }

  /// How a request's time is too far from now.
  struct Lateness {
    let refusal: Refusal
    /// The same as a person should hear it; equal for each repeat of the request.
    let reason: String
  }

  let clientId: String
  let verifier: Verifier
  let clockSkew: Duration
  let oldestRequest: Duration

  /// - Parameter now: milliseconds since 1970.
  /// - Throws: why it is not D-Store's.
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
    guard let moment = WireTime.parse(time) else {
      let flag = OrderFlag("request-time", "the request's time cannot be read")
      return Proven(body: proven, flags: [flag], lateness: nil)
    }
    return Proven(
      body: proven, flags: flags(of: moment, now: now), lateness: lateness(of: moment, now: now))
  }

  private func flags(of moment: Int64, now: Int64) -> [OrderFlag] {
    let distance = Duration.milliseconds(abs(moment &- now))
    guard distance > clockSkew else { return [] }
    return [
      OrderFlag(
        "clock-skew",
        "the request's time is \(distance.words) \(side(of: moment, now)) this machine's clock")
    ]
  }

  private func lateness(of moment: Int64, now: Int64) -> Lateness? {
    guard Duration.milliseconds(abs(moment &- now)) > oldestRequest else { return nil }
    let most = oldestRequest.words
    return Lateness(
      refusal: Refusal(.stale, "the request's time is more than \(most) from now"),
      reason: "its time is more than \(most) \(side(of: moment, now)) this machine's clock")
  }

  private func side(of moment: Int64, _ now: Int64) -> String {
    moment < now ? "behind" : "ahead of"
  }
}

extension Duration {
  /// In whole seconds: `301 s`.
  fileprivate var words: String { "\(components.seconds) s" }
}

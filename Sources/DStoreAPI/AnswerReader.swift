import Contract
import Records
import Signing

/// Turns an answer into a ``Delivery``: what is not signed by D-Store decides nothing.
struct AnswerReader: Sendable {
  let verifier: Verifier
  let message: Contract.Message
  let rateLimitCodes: Set<String>

  /// - Parameter exchange: what was signed of the request; an answer is signed over the same
  ///   method and path, with a time of its own.
  ///
  /// The signature is checked before the body is read, and the body is read once. The words of an
  /// answer that is not signed are a hint for people; of its HTTP status and Retry-After only the
  /// pause before the next try depends.
  func delivery(from answer: Answer, to exchange: Exchange) -> Delivery {
    let proof = Result { () throws(Unproven) in try proven(answer, exchange) }
    let result = AnswerResult(answer.body, message)
    if answer.httpStatus == 200, case .success = proof { return verified(result, answer) }
    return unproven(result, answer, proof)
  }

  /// An answer that decides nothing.
  private func unproven(
    _ result: AnswerResult, _ answer: Answer, _ proof: Result<VerifiedBody, Unproven>
  ) -> Delivery {
    var delivery = Delivery(
      .unknown, reason: "D-Store answered HTTP \(answer.httpStatus)",
      httpStatus: answer.httpStatus, claimedCode: result.code,
      isRateLimited: answer.httpStatus == 429, retryAfter: answer.wait)
    if delivery.isRateLimited {
      delivery.reason = "D-Store asks for fewer requests (HTTP 429)"
    } else if answer.httpStatus == 200, case .failure(let error) = proof {
      delivery.reason = error.reason
    }
    if result.code != nil { delivery.reason += "; it says \(result.words)" }
    return delivery
  }

  private func proven(
    _ answer: Answer, _ exchange: Exchange
  ) throws(Unproven) -> VerifiedBody {
    guard let signature = answer.signature else {
      throw Unproven("the answer carries no signature, so it proves nothing")
    }
    guard let time = answer.responseTime else {
      throw Unproven("the answer carries no Response-Time, so its signature cannot be checked")
    }
    if let clientId = answer.clientId, clientId != exchange.clientId {
      throw Unproven(
        "the answer is for another client id (\(Problem.shown(clientId))), so it proves nothing")
    }
    let signed = Exchange(
      path: exchange.path, clientId: exchange.clientId, time: time, method: exchange.method)
    do throws(SignatureRefusal) {
      return try verifier.verify(signed, body: answer.body, signature: signature)
    } catch {
      throw Unproven(
        "the answer's signature does not match the key given as keys.dstorePublic: "
          + error.message)
    }
  }

  private func verified(_ result: AnswerResult, _ answer: Answer) -> Delivery {
    let isLimited = result.code.map(rateLimitCodes.contains) == true
    let outcome: Delivery.Outcome
    switch result.status {
    case "S" where !isLimited: outcome = .accepted
    case "F" where !isLimited: outcome = .refused
    default: outcome = .unknown
    }
    return Delivery(
      outcome,
      reason: isLimited ? "D-Store asks for fewer requests (\(result.words))" : result.words,
      httpStatus: answer.httpStatus, resultStatus: result.status, resultCode: result.code,
      resultMessage: result.message, isRateLimited: isLimited, retryAfter: answer.wait)
  }

  private struct Unproven: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }
}

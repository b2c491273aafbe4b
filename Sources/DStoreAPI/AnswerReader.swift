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
  func delivery(from answer: Answer, to exchange: Exchange) -> Delivery {
    var delivery = unchecked(answer)
    guard answer.httpStatus == 200, !delivery.isRateLimited else { return delivery }
    do throws(Unproven) {
      let body = try proven(answer, exchange)
      return verified(AnswerResult(body.bytes, message), answer)
    } catch {
      delivery.reason = error.reason + claim(in: answer)
      return delivery
    }
  }

  /// What an answer is worth before its signature is looked at.
  private func unchecked(_ answer: Answer) -> Delivery {
    let code = AnswerResult(answer.body, message).code
    let isLimited = answer.httpStatus == 429 || code.map(rateLimitCodes.contains) == true
    let reason =
      isLimited
      ? "D-Store asks for fewer requests (\(code ?? "HTTP 429"))"
      : "D-Store answered HTTP \(answer.httpStatus)" + claim(in: answer)
    return Delivery(
      .unknown, reason: reason, httpStatus: answer.httpStatus, claimedCode: code,
      isRateLimited: isLimited, retryAfter: answer.wait)
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
    let outcome: Delivery.Outcome
    switch result.status {
    case "S": outcome = .accepted
    case "F": outcome = .refused
    default: outcome = .unknown
    }
    return Delivery(
      outcome, reason: result.words, httpStatus: answer.httpStatus, resultStatus: result.status,
      resultCode: result.code, resultMessage: result.message, retryAfter: answer.wait)
  }

  /// What an unproven answer says, as a hint: a gateway that does not know the client's key
  /// cannot but answer without a signature.
  private func claim(in answer: Answer) -> String {
    let result = AnswerResult(answer.body, message)
    guard result.code != nil else { return "" }
    return "; it says \(result.words)"
  }

  private struct Unproven: Error {
    let reason: String
    init(_ reason: String) { self.reason = reason }
  }
}

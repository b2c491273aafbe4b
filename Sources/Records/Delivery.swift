/// What came of one try to hand a request to D-Store.
package struct Delivery: Hashable, Sendable {
  package enum Outcome: String, Sendable {
    /// A signed answer said S: it is done.
    case accepted
    /// A signed answer said F: repeating it cannot help.
    case refused
    /// Nobody can tell; the same bytes go again under the same key.
    case unknown
    /// Nothing of the body was sent, so D-Store cannot have it; the same bytes go again.
    case unsent
  }

  package var outcome: Outcome
  /// S, F or U, from an answer whose signature was right; else nothing.
  package var resultStatus: String?
  /// From an answer whose signature was right; else nothing.
  package var resultCode: String?
  package var resultMessage: String?
  /// The result code that an unproven answer names: a hint for a person, never for a decision.
  package var claimedCode: String?
  /// Nothing where no answer came at all.
  package var httpStatus: Int?
  /// What happened, in words; a clause that ends without a full stop.
  package var reason: String
  /// D-Store asked for fewer requests.
  package var isRateLimited: Bool
  /// Seconds that D-Store asked to wait, where it did.
  package var retryAfter: Int?

  package init(
    _ outcome: Outcome, reason: String, httpStatus: Int? = nil, resultStatus: String? = nil,
    resultCode: String? = nil, resultMessage: String? = nil, claimedCode: String? = nil,
    isRateLimited: Bool = false, retryAfter: Int? = nil
  ) {
    self.outcome = outcome
    self.reason = reason
    self.httpStatus = httpStatus
    self.resultStatus = resultStatus
    self.resultCode = resultCode
    self.resultMessage = resultMessage
    self.claimedCode = claimedCode
    self.isRateLimited = isRateLimited
    self.retryAfter = retryAfter
  }
}

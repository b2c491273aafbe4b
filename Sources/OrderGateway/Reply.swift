import Contract
import Records

/// What is answered to a request, before it becomes JSON and is signed.
struct Reply: Sendable {
  var occasion: Contract.Occasion
  /// A clause without a full stop, for the caller.
  var message: String
  var httpStatus = 200
  var posOrderId: String?
  var orderStatus: String?
  /// The same was answered before.
  var isRepeat = false
  /// What a person of ours must know; it is not for the caller.
  var problem: Problem?

  init(_ occasion: Contract.Occasion, _ message: String) {
    self.occasion = occasion
    self.message = message
  }

  init(_ refusal: Refusal, _ problem: Problem? = nil) {
    self.init(refusal.occasion, refusal.message)
    httpStatus = refusal.httpStatus
    self.problem = problem
  }
}

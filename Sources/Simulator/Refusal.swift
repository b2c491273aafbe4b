import Records

/// A request that D-Store refuses: nothing of it is carried out.
struct Refusal: Error {
  let result: GatewayResult

  init(_ code: String, _ message: String) { result = .refusal(code, message) }

  /// The idempotency key of another request.
  static let inconsistent = Refusal(
    "REPEAT_REQ_INCONSISTENT", "the requestId was used for another body")

  /// A body that is not what the contract wants; the remedy is for the program's own users.
  init(finding: Problem) {
    var finding = finding
    finding.remedy = ""
    self.init("PARAM_ILLEGAL", finding.description)
  }
}

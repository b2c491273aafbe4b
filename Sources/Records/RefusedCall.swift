/// A call that D-Store signed and that still could not be taken. What it is about is paid,
/// so a person must hear of it.
package struct RefusedCall: Hashable, Sendable {
  package enum Cause: String, Sendable {
    /// The account, or the store in it, is none of ours.
    case store
    /// The body cannot be read, or holds no id.
    case body
    /// Its time and this machine's clock are too far apart. D-Store is told to send it again.
    case clock
  }

  /// The call's name.
  package var call: String
  package var cause: Cause
  /// Why, a clause without a full stop.
  package var reason: String
  /// Nothing where it could not be read; so are account and store.
  package var requestOrderId: String?
  package var account: String?
  package var store: String?
  /// As ``ReceivedOrder/digest``: by it the repeat of an order is known that was taken before.
  package var digest: String?
  /// In milliseconds since 1970.
  package var refusedAt: Int64

  package init(
    call: String, cause: Cause, reason: String, requestOrderId: String? = nil,
    account: String? = nil, store: String? = nil, digest: String? = nil, refusedAt: Int64
  ) {
    self.call = call
    self.cause = cause
    self.reason = reason
    self.requestOrderId = requestOrderId
    self.account = account
    self.store = store
    self.digest = digest
    self.refusedAt = refusedAt
  }

  /// What a person should know, and do.
  package var problem: Problem {
    guard cause != .clock else {
      return Problem(
        "clock-off", "\(subject) was not stored although D-Store signed it: \(reason)",
        remedy: remedy)
    }
    return Problem(
      "refused-call", "\(subject) was refused although D-Store signed it: \(reason)", remedy: remedy
    )
  }

  private var subject: String {
    let id = requestOrderId.map { " of order \(Problem.shown($0))" } ?? ""
    guard cause == .store else { return call + id }
    let place = [
      account.map { "account \(Problem.shown($0))" }, store.map { "store \(Problem.shown($0))" },
    ]
    let words = place.compactMap { $0 }.joined(separator: ", ")
    return call + id + (words.isEmpty ? "" : " (\(words))")
  }

  private var remedy: String {
    switch cause {
    case .store:
      "The order is paid. If the shop is yours, add it to stores in connector.yaml, start serve "
        + "again, and ask D-Store to send the order again."
    case .body:
      "What it is about is paid. Ask your D-Store solution architect which order it was, and tell "
        + "the kitchen."
    case .clock:
      "What it is about is paid. Set this machine's clock (date shows it, timedatectl set-ntp true "
        + "keeps it right); D-Store sends it again and it is stored then."
    }
  }
}

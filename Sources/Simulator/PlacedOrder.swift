import Records

/// An order that the simulator has placed, with all that became of it.
struct PlacedOrder: Equatable, Sendable {
  /// What the merchant said to createOrder.
  enum Answer: String {
    /// Nothing yet that proves anything: the same bytes may go again.
    case awaited
    case accepted
    case refused
  }

  enum Side: String { case pos, channel }

  /// A change that either side has made.
  struct Change: Equatable, Sendable {
    var side: Side
    var requestId: String
    /// What it says, for people: `ACCEPTED`, `refund 2.00 SGD`.
    var summary: String
    /// Exactly as it was sent.
    var body: [UInt8]
    /// What the merchant said to a change of the channel; the POS's changes are accepted ones.
    var answer: Answer
  }

  var requestOrderId: String
  /// What it is, for people: `DINEIN, DSTORE, kopi-katong, 2 products, 6.40 SGD`.
  var summary: String
  /// What the buyer has paid.
  var total: Amount
  var status: String
  /// How much of the total went back, in the currency's smallest unit.
  var refunded: Int64 = 0
  var answer = Answer.awaited
  /// What the merchant calls it, as far as the merchant has said so.
  var posOrderId: String?
  /// Of createOrder, exactly as it is sent each time.
  var body: [UInt8]
  /// In the order in which they came.
  var changes: [Change] = []
}

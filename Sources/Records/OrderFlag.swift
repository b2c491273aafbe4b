/// Something odd about what D-Store sent, that is no reason to refuse a paid order.
///
/// It holds no value from the order itself, since it outlives the customer's data.
package struct OrderFlag: Hashable, Sendable {
  /// A stable word for scripts, such as `amounts-differ`.
  package var code: String
  /// The path of the field that it is about; nothing where it is about the whole.
  package var field: String?
  /// A clause without a full stop.
  package var message: String

  package init(_ code: String, field: String? = nil, _ message: String) {
    self.code = code
    self.field = field
    self.message = message
  }

  /// Of a body whose texts are not all made of characters.
  package static let brokenText = OrderFlag(
    "broken-text", "a text is cut in the middle of a character, which is replaced by \u{FFFD}")

  /// `orderAmount: the products add up to 12.50 SGD, and the order says 13.00 SGD`.
  package var words: String { field.map { "\($0): \(message)" } ?? message }
}

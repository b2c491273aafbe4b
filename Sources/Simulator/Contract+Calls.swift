import Contract
import Records

extension Contract {
  /// What D-Store asks of a merchant.
  enum MerchantCall: String { case createOrder, pushOrderChange, inquireOrderDetail }

  /// - Throws: where the contract has no such message.
  func message(toPOS call: MerchantCall) throws(Problem) -> Message {
    if let message = messages[call.rawValue] { return message }
    throw Problem(
      "unknown-message", value: call.rawValue, "the contract has no message of this name",
      remedy: "Correct the contract file in Mappings/.")
  }
}

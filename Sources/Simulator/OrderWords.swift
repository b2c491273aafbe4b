import Contract
import Records

/// The words that the contract allows for services and channels.
struct OrderWords {
  /// Eating in first, which goes with the contract's first channel, D-Store itself.
  let services: [String]
  let channels: [String]

  init(_ message: Contract.Message) {
    let services = message.field(.serviceType)?.allowed ?? []
    self.services =
      services.filter { Self.plain($0).contains("dine") }
      + services.filter { !Self.plain($0).contains("dine") }
    channels = message.field(.orderChannel)?.allowed ?? []
  }

  /// The word that is wished, as the contract writes it; without a wish the one whose turn it is
  /// at the order's number, from 1.
  /// - Throws: where the contract has words, and not this one.
  static func choice(
    _ wish: String?, of words: [String], number: Int, _ kind: String
  ) throws(Problem) -> String? {
    guard let wish else { return words.isEmpty ? nil : words[(max(number, 1) - 1) % words.count] }
    guard !words.isEmpty else { return wish }
    if let word = words.first(where: { plain($0) == plain(wish) }) { return word }
    throw Problem(
      "order-word", value: wish, "the contract has no \(kind) of this name",
      remedy: "It has: \(words.joined(separator: ", ")).")
  }

  /// Whether an order of this service goes to an address.
  static func isDelivery(_ service: String) -> Bool { plain(service).contains("deliver") }

  private static func plain(_ word: String) -> String {
    word.lowercased().filter { $0.isLetter || $0.isNumber }
  }
}

package import Digests

/// D-Store's messages as data: what each field is, how sure that is, and what follows.
///
/// The default stands in `default-contract.yaml`, which is compiled into the program. Files of
/// `kind: contract` change it field by field; see the head of that file.
package struct Contract: Sendable {
  /// By name: `syncProduct`, `createOrder`, …; overrides add none and remove none.
  package let messages: [String: Message]
  /// In the order of the contract.
  package let productTypes: [ProductType]
  /// The product status of what can be ordered.
  package let availableStatus: String
  /// The product status of what cannot be ordered now.
  package let unavailableStatus: String
  package let journey: Journey
  /// Result code → what a person does, a sentence.
  package let remedies: [String: String]
  /// What a person does about a code that is not in ``remedies``.
  package let generalRemedy: String
  /// Codes after which the request is sent again later, whatever the status.
  package let rateLimitCodes: Set<String>
  /// What we answer on which occasion; all of them are there.
  package let answers: [Occasion: Answer]
  /// Digest of what decides how messages look: fields with names, types, limits, words and roles,
  /// product types, paths. Bases, remedies, our answers and the journey don't change a body, nor
  /// this.
  package let digest: Digest

  /// The greatest value of an amount whose field states no other (dstore-api, shared types).
  package static let greatestAmount = 2_147_483_647

  /// What a person does about a result code.
  package func remedy(for code: String?) -> String {
    code.flatMap { remedies[$0] } ?? generalRemedy
  }

  /// What we answer on an occasion.
  package func answer(on occasion: Occasion) -> Answer {
    answers[occasion] ?? Answer(status: occasion.statuses[0], code: "", basis: .assumed)
  }

  /// The fields of a message that are assumed; nothing for a message that does not exist.
  package func assumed(in message: String) -> [Field] {
    messages[message]?.allFields.filter { $0.basis == .assumed } ?? []
  }

  /// Whether it is known, not assumed, what a status update must hold.
  package var isStatusUpdateKnown: Bool { messages["syncProduct"]?.isStatusUpdateKnown ?? false }

  package func productType(_ name: String) -> ProductType? {
    productTypes.first { $0.name == name }
  }
}

extension Contract {
  /// A call and what it carries.
  package struct Message: Sendable {
    package enum Direction: String, Sendable, CaseIterable { case toDStore, toPOS }

    package let name: String
    /// The path of the URL, such as `/v2/pos/syncProduct`.
    package let path: String
    package let direction: Direction
    /// The field by which a repeated request is known; nothing for a call that only reads.
    package let idempotencyKey: Field?
    /// Of the request.
    package let fields: [Field]
    /// Of the answer.
    package let answer: [Field]
    /// How it is known what a status update must hold; nothing for messages that have none.
    package let statusUpdateBasis: Basis?

    /// All fields of the request, those inside others too.
    package var allFields: [Field] { fields.flatMap(\.flattened) }

    /// The request's field with that role.
    package func field(_ role: Role) -> Field? { allFields.first { $0.role == role } }

    /// The request's field at that path.
    package func field(path: String) -> Field? { allFields.first { $0.path == path } }

    /// The answer's field with that role.
    package func answerField(_ role: Role) -> Field? {
      answer.lazy.flatMap(\.flattened).first { $0.role == role }
    }

    /// What a product must hold in a status update, and nothing else.
    package var statusUpdateFields: [Field] { allFields.filter(\.isInStatusUpdate) }

    /// Whether the set of these fields, and each of them, is documented or confirmed.
    package var isStatusUpdateKnown: Bool {
      statusUpdateBasis?.isKnown == true && !statusUpdateFields.isEmpty
        && statusUpdateFields.allSatisfy(\.basis.isKnown)
    }
  }
}

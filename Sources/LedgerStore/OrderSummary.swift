package import Records

/// How the orders of a scope stand, for a person to look at. All times are milliseconds since 1970.
package struct OrderSummary: Hashable, Sendable {
  /// What is not with the POS yet.
  package struct Waiting: Hashable, Sendable {
    package let subject: Subject
    package let receivedAt: Int64
    package let state: Release.State
    package let tries: Int
    /// Why it could not go the last time.
    package let reason: String?
    /// What a person can do about it; empty where there is nothing to say.
    package var remedy = ""
    package let nextTryAt: Int64?
  }

  /// Something odd about what D-Store sent.
  package struct Flagged: Hashable, Sendable {
    package let subject: Subject
    package let at: Int64
    package let flag: OrderFlag
  }

  /// An id that came again with other content, and was refused.
  package struct Conflict: Hashable, Sendable {
    package let subject: Subject
    /// How often.
    package let count: Int
    package let lastAt: Int64
  }

  /// What the POS may have got twice, after a power cut.
  package struct Doubtful: Hashable, Sendable {
    package let subject: Subject
    /// Relative to the outbox.
    package let name: String
    package let releasedAt: Int64
  }

  /// An order, or a change of one, by D-Store's ids.
  package struct Subject: Hashable, Sendable {
    package let requestOrderId: String
    /// Of the change that it is about; nothing where it is about the order itself.
    package let requestId: String?
  }

  /// How many orders came lately, by status.
  package let counts: [String: Int]
  /// How many releases are not with the POS yet.
  package let waitingCount: Int
  /// The oldest of them.
  package let waiting: [Waiting]
  /// Lately, newest first.
  package let flagged: [Flagged]
  /// Lately, newest first.
  package let conflicts: [Conflict]
  /// Lately, newest first.
  package let doubtful: [Doubtful]
}

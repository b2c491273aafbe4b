extension Contract {
  /// How it is known that something is so.
  package enum Basis: String, Sendable, CaseIterable {
    /// D-Store's public documentation says so.
    case documented
    /// Other services of the same gateway do so.
    case family
    /// A guess where the public documentation stops.
    case assumed
    /// D-Store's solution architect or the full specification said so.
    case confirmed

    /// Whether one may rely on it where a wrong guess does harm.
    package var isKnown: Bool { self == .documented || self == .confirmed }
  }
}

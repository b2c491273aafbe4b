extension Contract {
  /// What makes us answer a request of D-Store's as we do.
  package enum Occasion: String, Sendable, CaseIterable {
    /// Stored, now or earlier, or found.
    case done
    /// There is no signature, or not D-Store's over this request.
    case badSignature
    case unknownClient
    /// The account, or the store in it, is none of ours.
    case unknownStore
    /// The body is not JSON that can be understood in one way only, or holds no id.
    case unreadable
    /// Its id was used for another body.
    case conflicting
    /// Asked for, and not here.
    case unknownOrder
    /// No call has this path, or calls don't have this method.
    case unknownCall
    case tooLarge
    /// The body does not call itself JSON.
    case wrongType
    /// Changed, and not here: it may still be on its way.
    case orderNotYet
    /// The request's time is more than a day off.
    case stale
    /// It cannot be stored or looked up now.
    case trouble

    /// The statuses that an answer may have on this occasion: S only for what is stored, and F
    /// never for what is our own trouble.
    var statuses: [Answer.Status] {
      switch self {
      case .done: [.done]
      case .trouble: [.unknown]
      default: [.refused, .unknown]
      }
    }
  }
}

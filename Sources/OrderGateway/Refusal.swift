import Contract

/// Why a request is answered without asking the desk.
struct Refusal: Error, Hashable {
  let occasion: Contract.Occasion
  /// A clause without a full stop; it is sent to the caller, so nothing of ours is in it.
  let message: String
  let httpStatus: Int

  /// - Parameter httpStatus: nothing: what goes with the occasion.
  init(_ occasion: Contract.Occasion, _ message: String, httpStatus: Int? = nil) {
    self.occasion = occasion
    self.message = message
    self.httpStatus = httpStatus ?? Self.httpStatus(occasion)
  }

  /// Whatever reaches a call is answered with 200, since callers take every other status for a
  /// transport error (dstore-api, results).
  private static func httpStatus(_ occasion: Contract.Occasion) -> Int {
    switch occasion {
    case .unknownCall: 404
    case .tooLarge: 413
    case .wrongType: 415
    default: 200
    }
  }
}

import Digests
import Glibc
import NIOSSL
import Records
import Synchronization

/// The certificate and key in use. They are read again when their files change; a pair that cannot
/// be used leaves the one before in use.
final class CertificateStore: Sendable {
  /// What a look at the files found.
  enum Change: Sendable {
    case none
    case renewed
    /// Told once for the same content of the files.
    case unusable(Problem)
  }

  private struct State {
    var context: NIOSSLContext
    /// Of the files in use.
    var used: Pair.Digests
    /// Of files that cannot be used, and whether somebody was told.
    var unusable: (digests: Pair.Digests, isTold: Bool)?
  }

  private let tls: OrderGatewayConfiguration.TLS
  private let state: Mutex<State>

  /// - Throws: why the files cannot be used.
  init(_ tls: OrderGatewayConfiguration.TLS) throws(Problem) {
    self.tls = tls
    let pair = Pair.read(tls)
    state = Mutex(State(context: try pair.context(tls), used: pair.digests))
  }

  /// What new connections use.
  var context: NIOSSLContext { state.withLock { $0.context } }

  /// Looks at the files again. It reads them, so it may take a while.
  func look() -> Change {
    let pair = Pair.read(tls)
    return state.withLock { state in
      guard pair.digests != state.used else {
        state.unusable = nil
        return .none
      }
      do throws(Problem) {
        state = State(context: try pair.context(tls), used: pair.digests)
        return .renewed
      } catch {
        return Self.unusable(error, pair.digests, &state)
      }
    }
  }

  /// Whoever renews writes two files, one after the other: what cannot be used is told when it is
  /// still there at the next look.
  private static func unusable(
    _ problem: Problem, _ digests: Pair.Digests, _ state: inout State
  ) -> Change {
    guard let known = state.unusable, known.digests == digests else {
      state.unusable = (digests, false)
      return .none
    }
    guard !known.isTold else { return .none }
    state.unusable = (digests, true)
    return .unusable(problem)
  }
}

import AsyncHTTPClient
import NIOCore
import NIOPosix
import NIOSSL
package import Records

/// Tries the way to D-Store up to the secure connection that a request would use, and sends none.
package struct ConnectionTrial {
  package enum Finding: Hashable, Sendable {
    case fine
    /// Why nobody was reached, a clause without a full stop.
    case unreachable(String)
    /// Why the connection would not be used, a clause without a full stop.
    case unusable(String)
  }

  private let endpoint: Endpoint
  private let trust: String?
  private var patience = Patience()

  /// - Parameters:
  ///   - endpoint: one that speaks TLS.
  ///   - trust: as in ``DStoreClient/Configuration``.
  ///   - seconds: how long a connection may take.
  package init(endpoint: Endpoint, trust: String?, seconds: Int = 5) {
    self.endpoint = endpoint
    self.trust = trust
    patience.connect = seconds
  }

  /// - Throws: the trust file cannot be used.
  package func run() async throws(Problem) -> Finding {
    var configuration = try HTTPClient.Configuration.forDStore(trust: trust, patience: patience)
    configuration.http1_1ConnectionDebugInitializer = { channel in
      ServerCertificate.check(channel).flatMap {
        channel.eventLoop.execute { channel.close(promise: nil) }
        return channel.eventLoop.makeFailedFuture(Enough())
      }
    }
    let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    let finding: Finding
    do {
      // Its connection fails before this could be sent.
      let request = HTTPClientRequest(url: endpoint.text)
      _ = try await client.execute(request, timeout: .seconds(Int64(patience.connect) + 5))
      finding = .fine
    } catch {
      finding = await self.finding(error)
    }
    try? await client.shutdown()
    return finding
  }

  private func finding(_ error: any Error) async -> Finding {
    if Self.cause(of: error) is Enough { return .fine }
    let fault = TransportFault(
      endpoint: endpoint, connectSeconds: patience.connect, wholeSeconds: patience.connect)
    let reason = await fault.reason(for: error)
    return Self.isUnusable(Self.cause(of: error)) ? .unusable(reason) : .unreachable(reason)
  }

  private static func cause(of error: any Error) -> any Error {
    (error as? NIOConnectionError)?.connectionErrors.last?.error ?? error
  }

  private static func isUnusable(_ error: any Error) -> Bool {
    if let error = error as? NIOSSLError {
      if case .uncleanShutdown = error { return false }
      return true
    }
    return error is NIOSSLExtraError || error is ServerCertificate.Fault
  }

  /// The connection is as good as a request needs it.
  private struct Enough: Error {}
}

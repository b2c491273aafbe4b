package import Contract
import Glibc
import HummingbirdCore
import Logging
import NIOCore
import NIOPosix
package import Records
import ServiceLifecycle

/// The HTTPS endpoint that D-Store calls.
///
/// A request goes through these stages:
///
/// 1. ``Connection`` collects it within its limits; ``HeadCheck`` says which call it is.
/// 2. ``RequestProof`` proves that it is D-Store's, over the bytes as they arrived.
/// 3. ``RequestReader`` reads it and flags what is odd.
/// 4. The ``OrderDesk`` keeps it, and answers only then.
/// 5. ``AnswerBody`` and ``AnswerHeaders`` write the answer and sign it.
package final class OrderGateway: Service {
  /// Where it listens: `https://127.0.0.1:PORT`, or http.
  package let address: String
  package let port: Int
  private let parts: GatewayParts
  private let server: Server<GatewayChannel>
  private let running: Task<Void, any Error>
  private let watch: Task<Void, Never>

  private init(
    address: String, port: Int, parts: GatewayParts, server: Server<GatewayChannel>,
    running: Task<Void, any Error>
  ) {
    self.address = address
    self.port = port
    self.parts = parts
    self.server = server
    self.running = running
    watch = Task.detached { await CertificateWatch(parts)?.run() }
  }

  /// Starts the gateway; it takes requests when this returns.
  ///
  /// - Parameter observer: is told of every request once it was answered, and of trouble.
  /// - Throws: where the certificate cannot be used, or the port is taken.
  package static func start(
    _ configuration: OrderGatewayConfiguration, contract: Contract, desk: any OrderDesk,
    observer: @escaping @Sendable (GatewayEvent) -> Void = { _ in }
  ) async throws(Problem) -> OrderGateway {
    let parts = try GatewayParts(
      configuration, contract: contract, desk: desk, observer: observer)
    let (ports, found) = AsyncStream<Int>.makeStream()
    let server = Server(
      childChannelSetup: GatewayChannel(parts: parts),
      configuration: .init(
        address: .hostname(configuration.host, port: configuration.port), backlog: 1024),
      onServerRunning: { channel in found.yield(channel.localAddress?.port ?? 0) },
      eventLoopGroup: MultiThreadedEventLoopGroup.singleton,
      logger: Logger(label: "gateway") { _ in SwiftLogNoOpLogHandler() })
    let running = Task.detached {
      defer { found.finish() }
      try await server.run()
    }
    guard let port = await ports.first(where: { _ in true }) else {
      throw notStarted(configuration, await running.result)
    }
    return OrderGateway(
      address: configuration.address(port: port), port: port, parts: parts, server: server,
      running: running)
  }

  /// Takes no more requests, finishes those that have begun, and ends; what takes longer than the
  /// limit is cut off.
  package func stop() async {
    watch.cancel()
    let limit = Task { [parts] in
      try await Task.sleep(for: parts.limits.stop)
      parts.register.closeAll()
    }
    try? await server.shutdownGracefully()
    _ = await running.result
    limit.cancel()
  }

  /// Waits until the gateway ends; a graceful shutdown, or the cancellation of the caller's task,
  /// stops it.
  package func run() async throws {
    try await withTaskCancellationOrGracefulShutdownHandler {
      try await running.value
    } onCancelOrGracefulShutdown: {
      Task { await self.stop() }
    }
  }

  /// How many connections are open.
  var connections: Int { parts.register.count }

  /// How many large bodies are on their way.
  var largeBodies: Int { parts.largeBodies.count }

  private static func notStarted(
    _ configuration: OrderGatewayConfiguration, _ result: Result<Void, any Error>
  ) -> Problem {
    var cause = "it ended at once"
    if case .failure(let error) = result {
      cause = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
    }
    return Problem(
      "gateway-start",
      "the gateway cannot listen on \(configuration.host):\(configuration.port): \(cause)",
      remedy: "Set listen in gateway: to an address of this machine and a port that is free.")
  }
}

extension OrderGatewayConfiguration {
  fileprivate func address(port: Int) -> String {
    let host = host.contains(":") ? "[\(host)]" : host
    return "\(tls == nil ? "http" : "https")://\(host):\(port)"
  }
}

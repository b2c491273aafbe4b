package import Contract
import Glibc
import Hummingbird
import Logging
import NIOCore
package import Records

/// D-Store's stand-in: an HTTP server that checks, remembers and signs as D-Store does.
package final class Simulator: Sendable {
  /// Where it listens: `http://127.0.0.1:PORT`, or https.
  package let address: String
  package let port: Int
  package let keys: SimulatorKeys
  private let server: Task<Void, any Error>

  private init(address: String, port: Int, keys: SimulatorKeys, server: Task<Void, any Error>) {
    self.address = address
    self.port = port
    self.keys = keys
    self.server = server
  }

  /// Starts the server; it is ready when this returns.
  ///
  /// - Parameter observer: is told of every request, once it was answered.
  /// - Throws: where its folder cannot be used, or the port is taken.
  package static func start(
    _ configuration: SimulatorConfiguration, contract: Contract, faults: Faults = Faults(),
    observer: @escaping @Sendable (SimulatorEvent) -> Void = { _ in }
  ) async throws(Problem) -> Simulator {
    let keys = try SimulatorKeys(folder: configuration.folder)
    let gateway = try Gateway(configuration, keys: keys, contract: contract)
    let responder = GatewayResponder(gateway: gateway, faults: faults, observer: observer)
    let (ports, found) = AsyncStream<Int>.makeStream()
    let application = Application(
      responder: responder, server: try ServerKind.builder(configuration.tls),
      configuration: .init(address: .hostname(configuration.host, port: configuration.port)),
      onServerRunning: { channel in found.yield(channel.localAddress?.port ?? 0) },
      logger: Logger(label: "simulator") { _ in SwiftLogNoOpLogHandler() })
    let server = Task {
      defer { found.finish() }
      try await application.run()
    }
    guard let port = await ports.first(where: { _ in true }) else {
      throw notStarted(configuration, await server.result)
    }
    let scheme = configuration.tls == nil ? "http" : "https"
    return Simulator(
      address: "\(scheme)://\(configuration.host):\(port)", port: port, keys: keys, server: server)
  }

  /// Ends the server and its connections.
  package func stop() async {
    server.cancel()
    _ = await server.result
  }

  /// Waits until the server ends: by ``stop()``, or by the cancellation of the caller's task.
  package func wait() async {
    await withTaskCancellationHandler {
      _ = await server.result
    } onCancel: {
      server.cancel()
    }
  }

  private static func notStarted(
    _ configuration: SimulatorConfiguration, _ result: Result<Void, any Error>
  ) -> Problem {
    var cause = "it ended at once"
    if case .failure(let error) = result {
      cause = (error as? IOError).map { String(cString: strerror($0.errnoCode)) } ?? "\(error)"
    }
    return Problem(
      "simulator-start",
      "the simulator cannot listen on \(configuration.host):\(configuration.port): \(cause)",
      remedy: "Choose another port, or port 0 for any that is free.")
  }
}

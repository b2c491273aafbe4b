import ArgumentParser
import Flows
import Records
import Settings
import Simulator

/// Where the merchant is that the simulator calls, and what comes of the calls.
struct MerchantOption: ParsableArguments {
  @OptionGroup var workspace: WorkspaceOption
  @Option(
    help: "The merchant's URL, up to what stands before /v2/pos; else gateway: of connector.yaml.")
  var to: String?
  @Option(help: "A PEM file with the authority that has issued the merchant's certificate.")
  var trust: String?

  /// Runs `body` with D-Store's calling side, and tells what `body` hands over, line by line.
  func call(
    _ body: (OrderCaller, Settings, (OrderCallEvent) -> Void) async throws -> Void
  ) async throws -> Exit {
    let (folder, settings) = try workspace.settings()
    let contract = try MappingShelf.load(workspace: folder, settings: settings).contract
    let caller = try OrderCaller(try configuration(settings), contract: contract)
    var exit = Exit.done
    do {
      try await body(caller, settings) { event in
        Terminal.say(event.line)
        exit = max(exit, Self.exit(for: event.outcome))
      }
      await caller.close()
    } catch {
      await caller.close()
      throw error
    }
    return exit
  }

  private static func exit(for outcome: OrderCallEvent.Outcome) -> Exit {
    switch outcome {
    case .accepted: .done
    case .refused: .needsPerson
    case .unknown: .tryLater
    }
  }

  private func configuration(_ settings: Settings) throws(Problem) -> CallingConfiguration {
    let gateway = settings.gateway ?? .loopback
    var configuration = CallingConfiguration(
      folder: settings.simulatorFolder, endpoint: try endpoint(gateway),
      clientId: settings.clientId, now: Clock.milliseconds)
    configuration.zone = settings.timeZone
    if let trust { configuration.trust = [trust] }
    if to == nil, let tls = gateway.tls {
      // The certificate is for the gateway's public name, not for this machine's.
      configuration.checksHostName = false
      if trust == nil { configuration.trust = [tls.certificate] }
    }
    return configuration
  }

  private func endpoint(_ gateway: GatewaySettings) throws(Problem) -> Endpoint {
    if let to { return try Endpoint(to) }
    let everywhere = ["0.0.0.0": "127.0.0.1", "::": "::1"]
    let host = everywhere[gateway.host] ?? gateway.host
    let name = host.contains(":") ? "[\(host)]" : host
    let scheme = gateway.tls == nil ? "http" : "https"
    return try Endpoint("\(scheme)://\(name):\(gateway.port)\(gateway.pathPrefix)")
  }
}

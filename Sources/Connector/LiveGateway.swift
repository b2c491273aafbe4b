import Contract
import Flows
import LedgerStore
import OrderGateway
import OutboxFiles
import Records
import Settings
import Signing

/// The gateway with ledger and outbox behind it.
struct LiveGateway {
  let settings: Settings
  let contract: Contract
  let keys: KeyRing
  let ledger: Ledger

  /// Starts the gateway.
  ///
  /// - Parameters:
  ///   - mappings: knows what is wrong with the mappings of orders.
  ///   - stored: is told when there is something new for the outbox.
  func start(
    at place: GatewaySettings, mappings: MappingTrouble = MappingTrouble(),
    stored: @escaping @Sendable () -> Void,
    observer: @escaping @Sendable (GatewayEvent) -> Void
  ) async throws(Problem) -> OrderGateway {
    let scope = Scope(ordersOf: settings)
    let journey = contract.journey
    let queue = IntakeQueue(
      ledger: ledger, scope: scope, initialStatus: journey.first,
      isAllowed: { journey.allows($0, after: $1, by: .channel) })
    return try await OrderGateway.start(
      configuration(place), contract: contract,
      desk: ReceiveOrders(scope: scope, queue: queue, mappings: mappings, stored: stored),
      observer: observer)
  }

  /// Looks at certificate and key before anything is touched.
  ///
  /// - Throws: what keeps them from being used.
  static func check(_ settings: Settings) throws(Problems) {
    guard let tls = settings.gateway?.tls else { return }
    let files = OrderGatewayConfiguration.TLS(tls)
    if let problem = OrderGateway.problem(with: files) { throw Problems([problem]) }
  }

  /// When the certificate is valid; `nil` without one, or where ``check(_:)`` says what is wrong.
  static func certificateDates(_ settings: Settings) -> CertificateDates? {
    guard let tls = settings.gateway?.tls else { return nil }
    return try? OrderGateway.certificateDates(of: OrderGatewayConfiguration.TLS(tls))
  }

  private func configuration(_ place: GatewaySettings) -> OrderGatewayConfiguration {
    OrderGatewayConfiguration(
      host: place.host, port: place.port,
      tls: place.tls.map(OrderGatewayConfiguration.TLS.init),
      pathPrefix: place.pathPrefix, clockSkew: place.clockSkew, clientId: settings.clientId,
      stores: Dictionary(grouping: settings.stores, by: \.posAccountId)
        .mapValues { Set($0.map(\.posStoreId)) },
      verifier: Verifier(key: keys.verifying),
      signer: Signer(
        key: keys.signing, clientId: settings.clientId, keyVersion: settings.keys.version),
      zone: settings.timeZone)
  }
}

extension OrderGatewayConfiguration.TLS {
  fileprivate init(_ tls: GatewaySettings.TLS) {
    self.init(certificate: tls.certificate, privateKey: tls.privateKey)
  }
}

import Contract
import NIOCore
import Records

/// What all connections of a gateway share.
struct GatewayParts: Sendable {
  let limits: GatewayLimits
  let check: HeadCheck
  let reception: Reception
  let health: HealthCheck
  let bodies: AnswerBody
  let headers: AnswerHeaders
  let register: ConnectionRegister
  let largeBodies: LargeBodyRoom
  let certificates: CertificateStore?
  let observer: @Sendable (GatewayEvent) -> Void

  init(
    _ configuration: OrderGatewayConfiguration, contract: Contract, desk: any OrderDesk,
    observer: @escaping @Sendable (GatewayEvent) -> Void
  ) throws(Problem) {
    limits = configuration.limits
    check = HeadCheck(
      calls: CallTable(contract, pathPrefix: configuration.pathPrefix), longestBody: limits.body)
    reception = try Reception(configuration, contract: contract, desk: desk)
    health = HealthCheck(desk: desk, holdsFor: limits.health)
    bodies = AnswerBody(contract: contract)
    headers = AnswerHeaders(
      signer: configuration.signer,
      clock: AnswerClock(zone: configuration.zone, now: configuration.now))
    register = ConnectionRegister(most: limits.connections)
    largeBodies = LargeBodyRoom(most: limits.largeBodies)
    if let tls = configuration.tls {
      certificates = try CertificateStore(tls)
    } else {
      certificates = nil
    }
    self.observer = observer
  }
}

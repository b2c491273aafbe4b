import Glibc
package import Records
package import Signing

/// How a gateway is set up.
package struct OrderGatewayConfiguration: Sendable {
  /// A certificate chain and its key, both PEM files; they are read again when they change.
  package struct TLS: Sendable, Hashable {
    package var certificate: String
    package var privateKey: String

    package init(certificate: String, privateKey: String) {
      self.certificate = certificate
      self.privateKey = privateKey
    }
  }

  /// A name or an address, IPv6 without brackets.
  package var host: String
  /// 0: any that is free.
  package var port: Int
  /// Nothing: plain HTTP, for a proxy on this machine.
  package var tls: TLS?
  /// What a reverse proxy puts before the calls' own paths: empty, or begins with a slash and does
  /// not end with one.
  package var pathPrefix: String
  /// Beyond it the time of a request is flagged.
  package var clockSkew: Duration
  /// Whom requests come from, and go to.
  package var clientId: String
  /// The stores that we work for, by account.
  package var stores: [String: Set<String>]
  /// Knows D-Store's public key.
  package var verifier: Verifier
  /// Holds our private key.
  package var signer: Signer
  /// Whose offset our times are written with.
  package var zone: Zone
  /// Milliseconds since 1970.
  package var now: @Sendable () -> Int64
  package var limits = GatewayLimits()

  package init(
    host: String = "127.0.0.1", port: Int = 0, tls: TLS? = nil, pathPrefix: String = "",
    clockSkew: Duration = .seconds(300), clientId: String, stores: [String: Set<String>],
    verifier: Verifier, signer: Signer, zone: Zone = .utc,
    now: @escaping @Sendable () -> Int64 = OrderGatewayConfiguration.systemTime
  ) {
    self.host = host
    self.port = port
    self.tls = tls
    self.pathPrefix = pathPrefix
    self.clockSkew = clockSkew
    self.clientId = clientId
    self.stores = stores
    self.verifier = verifier
    self.signer = signer
    self.zone = zone
    self.now = now
  }

  /// This machine's clock, in milliseconds since 1970.
  package static let systemTime: @Sendable () -> Int64 = {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
  }
}

/// Where and how D-Store calls us.
package struct GatewaySettings: Sendable {
  /// The certificate and its key, both PEM files.
  package struct TLS: Sendable {
    package let certificate: String
    package let privateKey: String
  }

  /// A name or an address, IPv6 without brackets.
  package let host: String
  package let port: Int
  /// Nothing where a proxy on this machine ends TLS; then `host` is reached only from here.
  package let tls: TLS?
  /// What a reverse proxy puts before the calls' own paths: empty, or begins with a slash and
  /// does not end with one.
  package let pathPrefix: String
  /// Beyond it the time of an order's request is flagged.
  package let clockSkew: Duration

  /// Where the simulator on this machine finds us, if the settings say nothing.
  package static let loopback = GatewaySettings(
    host: "127.0.0.1", port: 8443, tls: nil, pathPrefix: "", clockSkew: .seconds(300))

  /// At any free port of this machine, for this machine.
  package static let anyLoopback = GatewaySettings(
    host: "127.0.0.1", port: 0, tls: nil, pathPrefix: "", clockSkew: .seconds(300))
}

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
}

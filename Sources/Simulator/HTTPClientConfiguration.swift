import AsyncHTTPClient
import NIOCore
import NIOSSL
import Records

extension HTTPClient.Configuration {
  /// HTTP/1.1 without redirects, proxies and repeats of its own.
  static func forMerchant(
    _ calling: CallingConfiguration
  ) throws(Problem) -> HTTPClient.Configuration {
    var tls = TLSConfiguration.makeClientConfiguration()
    if !calling.checksHostName { tls.certificateVerification = .noHostnameVerification }
    var roots: [NIOSSLAdditionalTrustRoots] = []
    for path in calling.trust { roots.append(.certificates(try certificates(path))) }
    tls.additionalTrustRoots = roots
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(5), read: calling.patience.timeAmount), proxy: nil,
      decompression: .disabled)
    configuration.httpVersion = .http1Only
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }

  private static func certificates(_ path: String) throws(Problem) -> [NIOSSLCertificate] {
    guard let found = try? NIOSSLCertificate.fromPEMFile(path), !found.isEmpty else {
      throw Problem(
        "simulator-trust", at: Place(file: path),
        "the file is missing, or holds no certificate in PEM",
        remedy: "Name a file that holds -----BEGIN CERTIFICATE-----.")
    }
    return found
  }
}

extension Duration {
  var timeAmount: TimeAmount {
    .nanoseconds(components.seconds * 1_000_000_000 + components.attoseconds / 1_000_000_000)
  }
}

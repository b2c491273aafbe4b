import AsyncHTTPClient
import NIOCore
import NIOSSL
import Records

extension HTTPClient.Configuration {
  /// HTTP/1.1, no redirects (a signature names one path), no proxy, no repeats of its own: what
  /// is repeated is decided by ``RetryPolicy`` and recorded.
  static func forDStore(
    trust: String?, patience: Patience
  ) throws(Problem) -> HTTPClient.Configuration {
    var tls = TLSConfiguration.makeClientConfiguration()
    tls.minimumTLSVersion = .tlsv12
    tls.cipherSuiteValues = ServerCertificate.ephemeralCiphers
    if let trust { tls.additionalTrustRoots = [.certificates(try TrustFile.load(trust))] }
    var configuration = HTTPClient.Configuration(
      tlsConfiguration: tls, redirectConfiguration: .disallow,
      timeout: .init(connect: .seconds(Int64(patience.connect)), read: nil),
      connectionPool: .init(idleTimeout: .seconds(10)), proxy: nil, decompression: .disabled)
    configuration.httpVersion = .http1Only
    configuration.http1_1ConnectionDebugInitializer = ServerCertificate.check
    configuration.connectionPool.retryConnectionEstablishment = false
    return configuration
  }
}

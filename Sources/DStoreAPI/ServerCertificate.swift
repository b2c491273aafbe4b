import NIOCore
import NIOSSL
import Signing

/// What a server's certificate must have, besides an authority that is trusted and its host's name.
enum ServerCertificate {
  /// Why a connection is not used, a clause without a full stop.
  struct Fault: Error {
    let reason: String
  }

  /// The cipher suites of TLS 1.2 whose keys are made anew for each connection (ECDHE), so that a
  /// key that is stolen later opens nothing of what was sent before. Those of TLS 1.3 all do.
  static let ephemeralCiphers: [NIOTLSCipher] = [
    .TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, .TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
    .TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, .TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
    .TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, .TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
    .TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA, .TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
    .TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA, .TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA,
  ]

  /// Looks at the certificate of a new connection before any request uses it.
  ///
  /// - Returns: a future that has failed where the certificate is not good enough.
  @Sendable
  static func check(_ channel: any Channel) -> EventLoopFuture<Void> {
    let loop = channel.eventLoop
    guard let certificate = try? channel.pipeline.syncOperations.nioSSL_peerCertificate(),
      let fault = fault(of: certificate)
    else { return loop.makeSucceededVoidFuture() }
    // The pool must hear of the failure before the connection ends.
    loop.execute { channel.close(promise: nil) }
    return loop.makeFailedFuture(Fault(reason: fault))
  }

  /// What a certificate lacks; `nil` if nothing.
  static func fault(of certificate: NIOSSLCertificate) -> String? {
    if certificate._subjectAlternativeNames().isEmpty {
      return "the certificate names its host in the common name alone; it needs a subject "
        + "alternative name (SAN)"
    }
    return weakness(of: certificate)
  }

  /// Why a certificate's key is too weak; `nil` if it is not.
  static func weakness(of certificate: NIOSSLCertificate) -> String? {
    guard let key = try? certificate.extractPublicKey().toSPKIBytes() else {
      return "the certificate's key cannot be read"
    }
    guard let weakness = KeyStrength.weakness(ofPublicKey: key) else { return nil }
    return "the certificate's key \(weakness); it needs RSA of at least 2048 bits or ECDSA of at "
      + "least 256"
  }
}

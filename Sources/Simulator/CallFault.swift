import AsyncHTTPClient
import Glibc
import NIOSSL
import Records

/// What kept a merchant's answer from coming, in words that a person can act on.
struct CallFault {
  let endpoint: Endpoint

  /// A clause without a full stop.
  func words(for error: any Error) -> String {
    let text = "\(error)"
    // The socket layer and TLS wrap what happened in types of their own.
    if text.contains("errno: \(ECONNREFUSED)") { return "nobody listens at \(endpoint.text)" }
    if text.contains("CERTIFICATE_VERIFY_FAILED") {
      return "the certificate of \(endpoint.text) is not trusted; name the PEM file of its "
        + "authority with --trust"
    }
    if case .failedToValidateHostname? = error as? NIOSSLExtraError {
      return "the certificate of \(endpoint.text) is for another host name"
    }
    let short = (error as? HTTPClientError)?.shortDescription
    return "\(endpoint.text) did not answer: \(short ?? text)"
  }
}

import AsyncHTTPClient
import Glibc
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL
import Records

/// What kept an answer from coming, in words that a person can act on.
struct TransportFault {
  let endpoint: Endpoint
  let connectSeconds: Int
  let wholeSeconds: Int

  /// A clause without a full stop; where TLS did not accept a certificate, after a closer look at it.
  func reason(for error: any Error) async -> String {
    let closer =
      Self.isUntrusted(error) ? await CertificateProbe(endpoint: endpoint).reason() : nil
    return closer ?? words(for: error)
  }

  /// The same without the closer look.
  func words(for error: any Error) -> String {
    switch error {
    case let error as ServerCertificate.Fault: "\(endpoint.address): \(error.reason)"
    case let error as NIOConnectionError: words(for: error)
    case let error as HTTPClientError: words(for: error)
    case let error as IOError: words(forSystem: error.errnoCode)
    case let error as NIOSSLError: words(for: error)
    case let error as NIOSSLExtraError where error == .failedToValidateHostname:
      "the certificate of \(endpoint.address) is for another host name; check the host in "
        + "endpoint:"
    case is NIOSSLExtraError: "TLS with \(endpoint.address) failed: \(error)"
    case ChannelError.connectTimeout: noConnection
    case is NIOTooManyBytesError:
      "the answer is longer than \(Answer.longestBody >> 10) KiB, which none of D-Store's is"
    case HTTPParserError.invalidEOFState: cut
    case is HTTPParserError: "what answers at \(endpoint.address) does not speak HTTP"
    case is CancellationError: "stopped before the answer came"
    case is SocketAddressError: unresolved
    default: "the request to \(endpoint.address) failed: \(error)"
    }
  }

  /// No answer within the whole time.
  var timeOut: String {
    "no answer came from \(endpoint.address) within \(Self.seconds(wholeSeconds))"
  }

  /// Whether it is the certificate that TLS did not accept; a closer look can tell why.
  static func isUntrusted(_ error: any Error) -> Bool {
    guard let error = error as? NIOSSLError else { return false }
    if case .unableToValidateCertificate = error { return true }
    guard case .handshakeFailed(let cause) = error else { return false }
    return String(describing: cause).contains("CERTIFICATE_VERIFY_FAILED")
  }

  private func words(for error: NIOConnectionError) -> String {
    guard let failure = error.connectionErrors.last?.error else {
      return error.dnsAError != nil || error.dnsAAAAError != nil ? unresolved : noConnection
    }
    return words(for: failure)
  }

  private func words(for error: HTTPClientError) -> String {
    switch error {
    case .connectTimeout, .getConnectionFromPoolTimeout, .tlsHandshakeTimeout: noConnection
    case .remoteConnectionClosed, .uncleanShutdown: cut
    case .deadlineExceeded, .readTimeout, .writeTimeout: timeOut
    case .cancelled: "stopped before the answer came"
    default: "the request to \(endpoint.address) failed: \(error.shortDescription)"
    }
  }

  private func words(forSystem code: CInt) -> String {
    switch code {
    case ECONNREFUSED: "nobody listens at \(endpoint.address): connection refused"
    case ECONNRESET, EPIPE, ESHUTDOWN: cut
    case ETIMEDOUT: noConnection
    case ENETUNREACH, EHOSTUNREACH, ENETDOWN:
      "there is no way to \(endpoint.address): \(String(cString: strerror(code)))"
    default: "the connection to \(endpoint.address) failed: \(String(cString: strerror(code)))"
    }
  }

  private func words(for error: NIOSSLError) -> String {
    if Self.isUntrusted(error) { return untrusted }
    if case .uncleanShutdown = error { return cut }
    if let problem = SystemAuthorities.problem { return "\(problem.message); \(problem.remedy)" }
    let cause = String(describing: error)
    for sign in ["WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNEXPECTED_MESSAGE"]
    where cause.contains(sign) {
      return "\(endpoint.address) does not speak TLS; check scheme and port in endpoint:"
    }
    for sign in ["PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL", "HANDSHAKE_FAILURE"]
    where cause.contains(sign) {
      return
        "\(endpoint.address) does not speak TLS 1.2 or later with ECDHE key exchange; turn both "
        + "on there"
    }
    return "TLS with \(endpoint.address) failed: \(cause)"
  }

  private var noConnection: String {
    let kind = endpoint.isPlain ? "connection" : "TLS connection"
    return "no \(kind) to \(endpoint.address) within \(Self.seconds(connectSeconds))"
  }

  private var unresolved: String {
    "the host name \"\(endpoint.host)\" cannot be resolved (DNS)"
  }

  private static func seconds(_ count: Int) -> String {
    count == 1 ? "1 second" : "\(count) seconds"
  }

  private var cut: String { "\(endpoint.address) cut the connection before its answer was whole" }

  private var untrusted: String {
    "the certificate of \(endpoint.address) is not trusted: no authority that this machine or "
      + "trust: names has issued it; give the authority's PEM file under trust:"
  }
}

import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import NIOSSL
import Records

/// Plain HTTP or TLS.
enum ServerKind {
  static func builder(_ tls: SimulatorConfiguration.TLS?) throws(Problem) -> HTTPServerBuilder {
    guard let tls else { return .http1() }
    do {
      let chain = try NIOSSLCertificate.fromPEMFile(tls.certificate)
      let key = try NIOSSLPrivateKey(file: tls.privateKey, format: .pem)
      let configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      return try .tls(
        .http1(), configuration: .init(tlsConfiguration: configuration))
    } catch {
      throw Problem(
        "simulator-tls", at: Place(file: tls.certificate),
        "the simulator's certificate and key cannot be used: \(error)",
        remedy: "Both must be PEM files, and belong together.")
    }
  }
}

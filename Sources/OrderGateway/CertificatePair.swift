import Digests
import Glibc
import NIOCore
import NIOSSL
import Records

extension CertificateStore {
  /// The bytes of a certificate's file and its key's.
  struct Pair {
    struct Digests: Hashable {
      let certificate: Digest?
      let privateKey: Digest?
    }

    /// What a file holds, or why it cannot be read.
    private typealias Content = Result<[UInt8], Cause>

    private struct Cause: Error { let words: String }

    private let certificate: Content
    private let privateKey: Content
    let digests: Digests

    static func read(_ tls: OrderGatewayConfiguration.TLS) -> Pair {
      Pair(certificate: content(tls.certificate), privateKey: content(tls.privateKey))
    }

    private init(certificate: Content, privateKey: Content) {
      self.certificate = certificate
      self.privateKey = privateKey
      digests = Digests(
        certificate: Self.digest(certificate), privateKey: Self.digest(privateKey))
    }

    private static func digest(_ content: Content) -> Digest? {
      (try? content.get()).map { Bytes.withBytes(of: $0) { Digest.of($0) } }
    }

    /// - Throws: why the two cannot be used.
    func context(_ tls: OrderGatewayConfiguration.TLS) throws(Problem) -> NIOSSLContext {
      let chain = try chain(tls.certificate)
      let key = try key(tls.privateKey)
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: chain.map { .certificate($0) }, privateKey: .privateKey(key))
      configuration.minimumTLSVersion = .tlsv12
      // For so long a connection that has ended keeps its memory where the other side is silent.
      configuration.shutdownTimeout = .seconds(1)
      do {
        return try NIOSSLContext(configuration: configuration)
      } catch {
        throw Problem(
          "gateway-certificate", at: Place(file: tls.certificate),
          "the certificate does not belong to the key \(tls.privateKey)",
          remedy: "Put the certificate and the key of the same renewal there.")
      }
    }

    /// - Throws: why the certificate cannot be read.
    func dates(_ tls: OrderGatewayConfiguration.TLS) throws(Problem) -> CertificateDates {
      let own = try chain(tls.certificate)[0]
      return CertificateDates(
        file: tls.certificate, begins: Int64(own.notValidBefore) * 1000,
        ends: Int64(own.notValidAfter) * 1000)
    }

    private func chain(_ file: String) throws(Problem) -> [NIOSSLCertificate] {
      let certificate = try Self.bytes(certificate, of: file, "certificate")
      guard let chain = try? NIOSSLCertificate.fromPEMBytes(certificate), !chain.isEmpty else {
        throw Problem(
          "gateway-certificate", at: Place(file: file), "this is no certificate in PEM form",
          remedy: "Put the whole chain there, the server's own certificate first.")
      }
      return chain
    }

    private func key(_ file: String) throws(Problem) -> NIOSSLPrivateKey {
      let privateKey = try Self.bytes(privateKey, of: file, "private key")
      // A passphrase that is never right keeps an encrypted key from asking at the terminal.
      let key = try? NIOSSLPrivateKey(bytes: privateKey, format: .pem) { $0([UInt8]()) }
      guard let key else {
        throw Problem(
          "gateway-certificate", at: Place(file: file),
          "this is no private key in PEM form, or it is encrypted",
          remedy: "Put the key of the gateway's certificate there, without a passphrase.")
      }
      return key
    }

    private static func bytes(
      _ content: Content, of file: String, _ role: String
    ) throws(Problem) -> [UInt8] {
      switch content {
      case .success(let bytes): return bytes
      case .failure(let cause):
        throw Problem(
          "gateway-certificate", at: Place(file: file),
          "the gateway's \(role) cannot be read: \(cause.words)",
          remedy: "Put it there, and let the user who runs this program read it.")
      }
    }

    /// Reads no more than any such file holds.
    private static func content(_ path: String) -> Content {
      let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
      guard file >= 0 else { return .failure(Cause(words: String(cString: strerror(errno)))) }
      defer { close(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 18)
      let count = Glibc.read(file, &bytes, bytes.count)
      guard count >= 0 else { return .failure(Cause(words: String(cString: strerror(errno)))) }
      guard count < bytes.count else { return .failure(Cause(words: "it is too large")) }
      return .success(Array(bytes.prefix(count)))
    }
  }
}

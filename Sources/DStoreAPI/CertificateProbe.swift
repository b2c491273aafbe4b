import Glibc
import NIOCore
import NIOPosix
import NIOSSL
import Records
import Signing
import Synchronization

/// Looks at a certificate that TLS has refused, to tell a person why: the library says no more
/// than that it did not verify. It sends nothing, and accepts nothing.
struct CertificateProbe {
  let endpoint: Endpoint

  /// - Returns: a clause, where the certificate's dates explain the refusal.
  func reason() async -> String? {
    guard let certificate = await chain().first else { return nil }
    let now = time(nil)
    if certificate.notValidAfter < now {
      return "the certificate of \(endpoint.address) has expired on "
        + text(certificate.notValidAfter)
    }
    if certificate.notValidBefore > now {
      return "the certificate of \(endpoint.address) is valid only from "
        + "\(text(certificate.notValidBefore)) on; is this machine's clock right?"
    }
    return nil
  }

  /// What the server presents, its own certificate first; empty where it presents nothing.
  private func chain() async -> [NIOSSLCertificate] {
    let seen = Seen()
    guard let context = try? NIOSSLContext(configuration: .makeClientConfiguration()) else {
      return []
    }
    let name = isAddress ? nil : endpoint.host
    let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
      .connectTimeout(.seconds(5))
      .channelInitializer { channel in
        channel.eventLoop.makeCompletedFuture {
          let handler = try NIOSSLClientHandler(
            context: context, serverHostname: name,
            customVerificationCallback: { certificates, promise in
              seen.keep(certificates)
              promise.succeed(.failed)
            })
          try channel.pipeline.syncOperations.addHandler(handler)
        }
      }
    guard let channel = try? await bootstrap.connect(host: endpoint.host, port: endpoint.port).get()
    else { return [] }
    let limit = channel.eventLoop.scheduleTask(in: .seconds(5)) { channel.close(promise: nil) }
    try? await channel.closeFuture.get()
    limit.cancel()
    return seen.certificates
  }

  private var isAddress: Bool {
    endpoint.host.contains(":") || endpoint.host.utf8.allSatisfy { $0 == 0x2E || $0 &- 0x30 < 10 }
  }

  private func text(_ seconds: time_t) -> String {
    WireTime.text(epochMilliseconds: Int64(seconds) * 1000, offsetMinutes: 0)
  }

  private final class Seen: Sendable {
    private let list = Mutex<[NIOSSLCertificate]>([])
    var certificates: [NIOSSLCertificate] { list.withLock { $0 } }
    func keep(_ certificates: [NIOSSLCertificate]) { list.withLock { $0 = certificates } }
  }
}

import Records

/// Looks from time to time whether the certificate was renewed.
struct CertificateWatch {
  private let certificates: CertificateStore
  private let interval: Duration
  private let observer: @Sendable (GatewayEvent) -> Void

  /// - Returns: nothing for a gateway without TLS.
  init?(_ parts: GatewayParts) {
    guard let certificates = parts.certificates else { return nil }
    self.certificates = certificates
    interval = parts.limits.certificateCheck
    observer = parts.observer
  }

  /// Goes on until its task is cancelled.
  func run() async {
    while (try? await Task.sleep(for: interval)) != nil {
      switch certificates.look() {
      case .none: break
      case .renewed: observer(GatewayEvent(.certificateRenewed))
      case .unusable(let problem):
        var event = GatewayEvent(.trouble)
        event.call = "certificate"
        event.problem = problem
        observer(event)
      }
    }
  }
}

package import Records

extension OrderGateway {
  /// What keeps a certificate and its key from being used, found out without listening anywhere.
  package static func problem(with tls: OrderGatewayConfiguration.TLS) -> Problem? {
    do throws(Problem) {
      _ = try CertificateStore(tls)
      return nil
    } catch {
      return error
    }
  }
}

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

  /// The dates of the certificate, read from its file.
  ///
  /// - Throws: why the pair cannot be used.
  package static func certificateDates(
    of tls: OrderGatewayConfiguration.TLS
  ) throws(Problem) -> CertificateDates {
    try CertificateStore.Pair.read(tls).dates(tls)
  }
}

import OrderGateway
import Records
import Testing

/// A gateway's certificate that is not valid, or soon will not be.
@Suite struct CertificateDatesTests {
  private static let day: Int64 = 86_400_000
  private static let dates = CertificateDates(file: "server.pem", begins: 0, ends: 90 * day)

  @Test(
    "what needs attention follows from the time",
    arguments: [
      (-1, "certificate-not-yet-valid", nil),
      (0, nil, nil),
      (76 * day - 1, nil, nil),
      (76 * day, nil, "certificate-ends"),
      (90 * day - 1, nil, "certificate-ends"),
      (90 * day, "certificate-expired", nil),
    ] as [(Int64, String?, String?)])
  func times(now: Int64, problem: String?, warning: String?) {
    #expect(Self.dates.problem(at: now, in: .utc)?.code == problem)
    #expect(Self.dates.warning(at: now, in: .utc)?.code == warning)
  }

  @Test("the days that are left are said in words")
  func words() {
    let warning = Self.dates.warning(at: 88 * Self.day + 1, in: .utc)
    #expect(
      warning?.description == """
        server.pem: the gateway's certificate expires in 1 day, on 1970-04-01T00:00:00+00:00. Renew \
        it and put certificate and key there; a running serve uses them without a restart.
        """)
  }
}

package import Records

/// From when until when the gateway's own certificate is valid, in milliseconds since 1970.
///
/// D-Store closes the connection where the date is outside (RFC 5280, 4.1.2.5): no order arrives,
/// and nothing in this program fails.
package struct CertificateDates: Sendable {
  /// How long before its end a certificate needs attention: renewal is usually automatic and takes
  /// place a month before, so at this point it has failed.
  package static let warning: Int64 = 14 * 86_400_000

  package let file: String
  package let begins: Int64
  package let ends: Int64

  /// - Parameters:
  ///   - file: the certificate, as named in `gateway: tls`.
  ///   - begins: in milliseconds since 1970.
  ///   - ends: in milliseconds since 1970.
  package init(file: String, begins: Int64, ends: Int64) {
    self.file = file
    self.begins = begins
    self.ends = ends
  }

  /// What keeps clients from accepting the certificate now; `nil` if it is valid.
  package func problem(at now: Int64, in zone: Zone) -> Problem? {
    if now < begins {
      return problem(
        "certificate-not-yet-valid",
        "the gateway's certificate is valid only from \(date(begins, zone)) on, so D-Store cannot "
          + "deliver orders", remedy: "Check this machine's clock, or use the certificate before.")
    }
    guard now >= ends else { return nil }
    return problem(
      "certificate-expired",
      "the gateway's certificate expired on \(date(ends, zone)), so D-Store cannot deliver orders",
      remedy: Self.renewal)
  }

  /// That the certificate is valid and ends soon; `nil` if it is not so.
  package func warning(at now: Int64, in zone: Zone) -> Problem? {
    guard now >= begins, now < ends, ends - now <= Self.warning else { return nil }
    let days = (ends - now) / 86_400_000
    let left = days == 0 ? "in less than a day" : days == 1 ? "in 1 day" : "in \(days) days"
    return problem(
      "certificate-ends",
      "the gateway's certificate expires \(left), on \(date(ends, zone))", remedy: Self.renewal)
  }

  private static let renewal =
    "Renew it and put certificate and key there; a running serve uses them without a restart."

  private func problem(_ code: String, _ message: String, remedy: String) -> Problem {
    Problem(code, at: Place(file: file), message, remedy: remedy)
  }

  private func date(_ milliseconds: Int64, _ zone: Zone) -> String {
    WireTime.text(epochMilliseconds: milliseconds, zone: zone)
  }
}

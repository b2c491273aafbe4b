import Glibc
package import Records

/// The certificate authorities that this machine trusts.
package enum SystemAuthorities {
  /// Where TLS looks for them (`LinuxCABundle.swift` of swift-nio-ssl).
  private static let files = [
    "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt",
  ]
  private static let folder = "/etc/ssl/certs"

  /// What is wrong where there are none, not even a place for them: then TLS trusts nobody, whatever
  /// `trust:` names.
  package static var problem: Problem? {
    guard (files + [folder]).allSatisfy({ access($0, F_OK) != 0 }) else { return nil }
    return Problem(
      "no-authorities", at: Place(file: folder),
      "this machine has no certificate authorities, so no TLS server can be trusted",
      remedy: "Run `apt-get install ca-certificates` (Fedora: `dnf install ca-certificates`).")
  }
}

import Glibc
import NIOSSL
package import Records

/// The certificate authorities that a PEM file adds to the system's own.
package enum TrustFile {
  /// What is wrong with the file; `nil` if nothing.
  package static func problem(_ path: String) -> Problem? {
    do throws(Problem) {
      _ = try load(path)
      return nil
    } catch {
      return error
    }
  }

  /// - Throws: the file cannot be read, holds no certificate, or one with a weak key.
  static func load(_ path: String) throws(Problem) -> [NIOSSLCertificate] {
    guard access(path, R_OK) == 0 else {
      throw Problem(
        "trust-unreadable", at: Place(file: path),
        "the file under trust: cannot be read: \(String(cString: strerror(errno)))",
        remedy: "Correct its path in connector.yaml, or make it readable.")
    }
    guard let found = try? NIOSSLCertificate.fromPEMFile(path), !found.isEmpty else {
      throw Problem(
        "trust-invalid", at: Place(file: path),
        "the file under trust: holds no certificate in PEM",
        remedy: "It must hold blocks that begin with -----BEGIN CERTIFICATE-----.")
    }
    for certificate in found {
      guard let weakness = ServerCertificate.weakness(of: certificate) else { continue }
      throw Problem(
        "trust-weak", at: Place(file: path), weakness,
        remedy: "Make the authority a stronger key, let it issue the endpoint's certificate again, "
          + "and put its own certificate under trust:.")
    }
    return found
  }
}

import Glibc
import NIOSSL
package import Records

/// The certificate authorities that a PEM file adds to the system's own.
package enum TrustFile {
  /// What is wrong with the file; nothing where all is well.
  package static func problem(_ path: String) -> Problem? {
    do throws(Problem) {
      _ = try load(path)
      return nil
    } catch {
      return error
    }
  }

  /// - Throws: where the file cannot be read or holds no certificate.
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
    return found
  }
}

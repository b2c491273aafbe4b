@testable import Simulator

/// A certificate authority of its own, made by the `openssl` command, and what it has issued.
struct Authority {
  let folder: TemporaryFolder
  let name: String

  /// The file to trust.
  var certificate: String { folder.file("\(name).pem") }

  init(_ name: String, in folder: TemporaryFolder) {
    self.folder = folder
    self.name = name
    run(
      "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "30", "-subj",
      "/CN=\(name)", "-keyout", folder.file("\(name).key"), "-out", certificate)
  }

  /// A server certificate.
  /// - Parameters:
  ///   - alternative: what it is for, such as `IP:127.0.0.1`.
  ///   - days: how many it is valid from today; below 0 it has expired.
  func issue(for alternative: String, days: Int = 30) -> SimulatorConfiguration.TLS {
    let (request, key) = (folder.file("server.csr"), folder.file("server.key"))
    let certificate = folder.file("server.pem")
    folder.write("extensions", "subjectAltName=\(alternative)\nextendedKeyUsage=serverAuth\n")
    run(
      "openssl", "req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=server", "-keyout", key,
      "-out", request)
    run(
      "openssl", "x509", "-req", "-in", request, "-CA", self.certificate, "-CAkey",
      folder.file("\(name).key"), "-CAcreateserial", "-days", "\(days)", "-extfile",
      folder.file("extensions"), "-out", certificate)
    return .init(certificate: certificate, privateKey: key)
  }
}

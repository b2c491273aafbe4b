import TestSupport

@testable import Simulator

/// A certificate authority of its own, made by the `openssl` command, and what it has issued.
struct Authority {
  let folder: TemporaryFolder
  let name: String

  /// The file to trust.
  var certificate: String { folder.file("\(name).pem") }

  init(_ name: String, in folder: TemporaryFolder) throws {
    self.folder = folder
    self.name = name
    try folder.openssl(
      "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=\(name) -keyout \(name).key "
        + "-out \(name).pem")
  }

  /// A server certificate.
  /// - Parameters:
  ///   - alternative: what it is for, such as `IP:127.0.0.1`.
  ///   - days: how many it is valid from today; below 0 it has expired.
  func issue(for alternative: String, days: Int = 30) throws -> SimulatorConfiguration.TLS {
    folder.write(
      "subjectAltName=\(alternative)\nextendedKeyUsage=serverAuth\n", to: "extensions")
    try folder.openssl(
      "req -newkey rsa:2048 -nodes -subj /CN=server -keyout server.key -out server.csr")
    try folder.openssl(
      "x509 -req -in server.csr -CA \(name).pem -CAkey \(name).key -CAcreateserial "
        + "-days \(days) -extfile extensions -out server.pem")
    return .init(certificate: folder.file("server.pem"), privateKey: folder.file("server.key"))
  }
}

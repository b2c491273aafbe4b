import Foundation

/// D-Store's double, a Python program that shares no line with ours; one process for all tests.
///
/// It checks signatures and signs answers with the `openssl` command, which also made the private
/// certificate authority and every key.
final class DStoreDouble: Sendable {
  static let shared = DStoreDouble()
  static let clientId = "CLIENT-7"

  /// Certificates and keys; each test has a folder in it.
  let folder = TemporaryFolder()
  let port: Int

  private init() {
    Self.makeKeys(in: folder.path)
    folder.write("client", Self.clientId)
    let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../Fixtures/dstore_double.py").path
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3", script, folder.path]
    // The double ends when this pipe does: with the tests.
    process.standardInput = Pipe()
    try! process.run()
    while !folder.has("port") { usleep(5000) }
    port = Int(folder.text("port"))!
  }

  private static func makeKeys(in folder: String) {
    let script = """
      set -e
      cd "$1"
      openssl genrsa -out dstore.key 2048
      openssl rsa -in dstore.key -pubout -out dstore.pub
      openssl genrsa -out merchant.key 2048
      openssl pkcs8 -topk8 -nocrypt -in merchant.key -out merchant.pem
      chmod 600 merchant.pem
      openssl rsa -in merchant.key -pubout -out merchant.pub
      openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=private-authority \
        -keyout authority.key -out authority.pem
      openssl req -newkey rsa:2048 -nodes -subj /CN=double -keyout certificate.key -out double.csr
      echo subjectAltName=IP:127.0.0.1 > extensions
      openssl x509 -req -in double.csr -CA authority.pem -CAkey authority.key -CAcreateserial \
        -days 30 -extfile extensions -out certificate.pem
      """
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", script, "sh", folder]
    process.standardError = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try! process.run()
    process.waitUntilExit()
    precondition(process.terminationStatus == 0, "openssl could not make the keys")
  }
}

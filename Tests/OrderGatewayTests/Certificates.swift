import Foundation
import OrderGateway
import TestSupport

/// Certificates for 127.0.0.1 that sign themselves, and a caller over TLS: both are the `openssl`
/// command.
struct Certificates {
  let folder = TemporaryFolder()

  /// Makes pairs of these names, and puts the first one where the gateway reads it.
  init(_ names: String...) throws {
    for name in names {
      try folder.openssl(
        "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=\(name) "
          + "-addext subjectAltName=IP:127.0.0.1 -keyout \(name).key -out \(name).pem")
    }
    install(certificate: names[0], key: names[0])
  }

  var tls: OrderGatewayConfiguration.TLS {
    .init(certificate: folder.file("server.pem"), privateKey: folder.file("server.key"))
  }

  /// Puts a certificate and a key, which may be of different pairs, where the gateway reads them.
  func install(certificate: String, key: String) {
    folder.write(folder.bytes("\(certificate).pem") ?? [], to: "server.pem")
    folder.write(folder.bytes("\(key).key") ?? [], to: "server.key")
  }

  /// The name in the certificate that a new handshake shows; nothing where there is no handshake.
  func shown(at port: Int, _ options: String = "") async throws -> String? {
    let output = try await call(port, "", options)
    let line = output.split(separator: "\n").first { $0.hasPrefix("subject=") }
    return line?.split(separator: " ").last.map(String.init)
  }

  /// What comes back over TLS, from a server whose certificate is that of `name`.
  func answer(at port: Int, to request: String, trusting name: String) async throws -> String {
    try await call(port, request, "-quiet -verify_return_error -CAfile \(name).pem")
  }

  private func call(_ port: Int, _ input: String, _ options: String) async throws -> String {
    let process = Process()
    let pipe = Pipe()
    folder.write(input, to: "input-\(port)")
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments =
      ["openssl", "s_client", "-connect", "127.0.0.1:\(port)"]
      + options.split(separator: " ").map(String.init)
    process.currentDirectoryURL = URL(filePath: folder.path)
    process.standardInput = FileHandle(forReadingAtPath: folder.file("input-\(port)"))
    process.standardOutput = pipe
    process.standardError = pipe
    try await withCheckedThrowingContinuation { continuation in
      process.terminationHandler = { _ in continuation.resume() }
      do {
        try process.run()
      } catch {
        continuation.resume(throwing: error)
      }
    }
    return String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
  }
}

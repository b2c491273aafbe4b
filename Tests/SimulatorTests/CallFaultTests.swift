import Records
import TestSupport
import Testing

@testable import Simulator

/// A merchant behind TLS; a simulator's own server plays it, since nothing is to be answered.
struct CallFaultTests {
  private let folder = TemporaryFolder()

  /// What is said of an order to a server whose certificate is for a name.
  private func words(
    _ alternative: String, trusts: Bool, checksHostName: Bool = true
  ) async throws -> String {
    try folder.openssl(
      "req -x509 -newkey rsa:2048 -nodes -days 30 -subj /CN=shop -addext "
        + "subjectAltName=\(alternative) -keyout shop.key -out shop.pem")
    _ = try Bench.keys(in: folder)
    var setup = SimulatorConfiguration(folder: folder.path, clientId: "CLIENT1")
    setup.tls = .init(certificate: folder.file("shop.pem"), privateKey: folder.file("shop.key"))
    let scene = try OrderScene(folder: folder)
    let server = try await Simulator.start(setup, contract: scene.bench.contract)
    var configuration = scene.caller.configuration
    configuration.endpoint = try Endpoint(server.address)
    configuration.trust = trusts ? [folder.file("shop.pem")] : []
    configuration.checksHostName = checksHostName
    let caller = try OrderCaller(configuration, contract: scene.bench.contract)
    let event = try await caller.place(try scene.wish())
    await caller.close()
    await scene.end()
    await server.stop()
    return event.words.replacing(server.address, with: "URL")
  }

  @Test("a certificate that is trusted and for this host lets the call through")
  func trusted() async throws {
    // The simulator signs with D-Store's key, which is none of a merchant's.
    #expect(
      try await words("IP:127.0.0.1", trusts: true)
        == "the answer proves nothing: the signature (key version 1) does not match the message "
        + "under the known public key")
  }

  @Test("a certificate without an authority that is known is named as such")
  func untrusted() async throws {
    #expect(
      try await words("IP:127.0.0.1", trusts: false)
        == "the certificate of URL is not trusted; name the PEM file of its authority with --trust")
  }

  @Test("a certificate for another name matters only where it is asked for")
  func otherName() async throws {
    #expect(
      try await words("DNS:shop.example", trusts: true)
        == "the certificate of URL is for another host name")
    #expect(
      try await words("DNS:shop.example", trusts: true, checksHostName: false)
        .hasPrefix("the answer proves nothing"))
  }
}

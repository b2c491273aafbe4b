import Foundation
import Records
import TestSupport
import Testing

@testable import DStoreAPI
@testable import Simulator

struct DStoreClientTLSTests {
  private let folder = TemporaryFolder()
  private let authority: Authority

  init() throws { authority = try Authority("shop-authority", in: folder) }

  private func deliver(
    _ tls: SimulatorConfiguration.TLS, trust: String?, host: String = "127.0.0.1"
  ) async throws -> Delivery {
    let scene = try await Scene(tls: tls) { configuration in
      configuration.trust = trust
      let port = configuration.endpoint.port
      configuration.endpoint = try Endpoint("https://\(host):\(port)")
    }
    let delivery = try await scene.client.send(scene.body("r-1"), as: "syncProduct")
    #expect(scene.events.isEmpty == (delivery.outcome == .unsent))
    await scene.end()
    var shown = delivery
    shown.reason = delivery.reason.replacing(":\(scene.simulator.port)", with: ":PORT")
    return shown
  }

  /// What is found without a request.
  private func trial(
    _ tls: SimulatorConfiguration.TLS, trust: String?, host: String = "127.0.0.1"
  ) async throws -> ConnectionTrial.Finding {
    let scene = try await Scene(tls: tls)
    let port = scene.simulator.port
    let finding = try await ConnectionTrial(
      endpoint: Endpoint("https://\(host):\(port)"), trust: trust
    ).run()
    #expect(scene.events == [])
    await scene.end()
    guard case .unusable(let reason) = finding else { return finding }
    return .unusable(reason.replacing(":\(port)", with: ":PORT"))
  }

  @Test("a connection is tried without a request")
  func tried() async throws {
    let tls = try authority.issue(for: "IP:127.0.0.1,DNS:localhost")
    for host in ["127.0.0.1", "localhost"] {
      #expect(try await trial(tls, trust: authority.certificate, host: host) == .fine)
    }
    let reason = try await deliver(tls, trust: nil).reason
    #expect(try await trial(tls, trust: nil) == .unusable(reason))
    let closed = RawPeer(answer: [])
    closed.close()
    let silent = RawPeer(answer: nil)
    for (port, words) in [
      (closed.port, "nobody listens at 127.0.0.1:\(closed.port): connection refused"),
      (silent.port, "no TLS connection to 127.0.0.1:\(silent.port) within 1 second"),
    ] {
      let found = try await ConnectionTrial(
        endpoint: Endpoint("https://127.0.0.1:\(port)"), trust: nil, seconds: 1
      ).run()
      #expect(found == .unreachable(words))
    }
  }

  @Test("a private authority is trusted where trust: names it")
  func trusted() async throws {
    let tls = try authority.issue(for: "IP:127.0.0.1,DNS:localhost")
    for host in ["127.0.0.1", "localhost"] {
      let delivery = try await deliver(tls, trust: authority.certificate, host: host)
      #expect(delivery.reason == "S SUCCESS (success)")
      #expect(delivery.outcome == .accepted)
    }
  }

  @Test("without trust:, or with another authority, the certificate is refused")
  func untrusted() async throws {
    let tls = try authority.issue(for: "IP:127.0.0.1")
    let other = try Authority("other", in: folder)
    for trust in [nil, other.certificate] {
      #expect(
        try await deliver(tls, trust: trust).reason
          == "the certificate of 127.0.0.1:PORT is not trusted: no authority that this machine "
          + "or trust: names has issued it; give the authority's PEM file under trust:")
    }
  }

  @Test("a certificate for another host is refused as such")
  func wrongHost() async throws {
    let words =
      "the certificate of HOST:PORT is for another host name; check the host in endpoint:"
    let tls = try authority.issue(for: "DNS:shop.example,IP:127.0.0.2")
    for host in ["127.0.0.1", "localhost"] {
      #expect(
        try await deliver(tls, trust: authority.certificate, host: host).reason
          == words.replacing("HOST", with: host))
    }
  }

  @Test("a certificate that has expired is named as such")
  func expired() async throws {
    let tls = try authority.issue(for: "IP:127.0.0.1", days: -1)
    let reason = try await deliver(tls, trust: authority.certificate).reason
    let words = "the certificate of 127.0.0.1:PORT has expired on "
    #expect(reason.hasPrefix(words))
    #expect(reason.dropFirst(words.count).wholeMatch(of: /\d{4}-\d\d-\d\dT[\d:]{8}\+00:00/) != nil)
  }

  @Test("a trust file that is missing, or no certificate, is a problem")
  func trustFile() async throws {
    let tls = try authority.issue(for: "IP:127.0.0.1")
    let missing = Problem(
      "trust-unreadable", at: Place(file: folder.file("none.pem")),
      "the file under trust: cannot be read: No such file or directory",
      remedy: "Correct its path in connector.yaml, or make it readable.")
    await #expect(throws: missing) {
      try await deliver(tls, trust: folder.file("none.pem"))
    }
    let junk = Problem(
      "trust-invalid", at: Place(file: folder.write("hello", to: "junk.pem")),
      "the file under trust: holds no certificate in PEM",
      remedy: "It must hold blocks that begin with -----BEGIN CERTIFICATE-----.")
    await #expect(throws: junk) { try await deliver(tls, trust: folder.file("junk.pem")) }
  }

  @Test(
    "a server whose key is weak, or whose certificate has no SAN, is sent nothing",
    arguments: [
      ("rsa:1024", "subjectAltName=IP:127.0.0.1,DNS:localhost", "is RSA of 1024 bits"),
      ("rsa:2048", "basicConstraints=CA:FALSE", "subject alternative name (SAN)"),
    ])
  func weakKey(_ key: String, _ extensions: String, _ words: String) async throws {
    folder.write("\(extensions)\n", to: "extensions")
    try folder.openssl(
      "req -newkey \(key) -nodes -subj /CN=localhost -keyout server.key -out server.csr")
    try folder.openssl(
      "x509 -req -in server.csr -CA \(authority.name).pem -CAkey \(authority.name).key "
        + "-CAcreateserial -days 3 -extfile extensions -out server.pem")
    let tls = SimulatorConfiguration.TLS(
      certificate: folder.file("server.pem"), privateKey: folder.file("server.key"))
    let delivery = try await deliver(tls, trust: authority.certificate, host: "localhost")
    #expect(delivery.outcome == .unsent)
    #expect(delivery.reason.contains(words), "\(delivery.reason)")
    let found = try await trial(tls, trust: authority.certificate, host: "localhost")
    #expect(found == .unusable(delivery.reason))
  }

  @Test("a server with an ECDSA key of 256 bits is fine")
  func ellipticKey() async throws {
    folder.write("subjectAltName=IP:127.0.0.1\n", to: "extensions")
    try folder.openssl(
      "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=server -keyout server.key "
        + "-out server.csr")
    try folder.openssl(
      "x509 -req -in server.csr -CA \(authority.name).pem -CAkey \(authority.name).key "
        + "-CAcreateserial -days 3 -extfile extensions -out server.pem")
    let tls = SimulatorConfiguration.TLS(
      certificate: folder.file("server.pem"), privateKey: folder.file("server.key"))
    let delivery = try await deliver(tls, trust: authority.certificate)
    #expect(delivery.outcome == .accepted, "\(delivery.reason)")
  }

  @Test("an authority with a weak key is a problem under trust:")
  func weakAuthority() throws {
    try folder.openssl(
      "req -x509 -newkey rsa:1024 -nodes -days 3 -subj /CN=weak -keyout weak.key -out weak.pem")
    #expect(TrustFile.problem(folder.file("weak.pem"))?.code == "trust-weak")
    #expect(TrustFile.problem(authority.certificate) == nil)
  }

  @Test(
    "a server without TLS 1.2 or without ECDHE is named as such",
    arguments: ["-tls1_1 -cipher ALL:@SECLEVEL=0", "-tls1_2 -cipher AES128-GCM-SHA256"])
  func oldTLS(_ options: String) async throws {
    let tls = try authority.issue(for: "IP:127.0.0.1")
    let server = Process()
    let (input, output) = (Pipe(), Pipe())
    server.executableURL = URL(filePath: "/usr/bin/env")
    let words = "openssl s_server -accept 127.0.0.1:0 -cert \(tls.certificate) -key "
    server.arguments = (words + "\(tls.privateKey) \(options)").split(separator: " ").map(
      String.init)
    (server.standardInput, server.standardOutput) = (input, output)
    server.standardError = FileHandle.nullDevice
    try server.run()
    defer { server.terminate() }
    var text = ""
    while text.firstMatch(of: /ACCEPT 127.0.0.1:(\d+)\n/) == nil {
      text += String(decoding: output.fileHandleForReading.availableData, as: UTF8.self)
    }
    let port = try #require(text.firstMatch(of: /ACCEPT 127.0.0.1:(\d+)\n/)?.1)
    let scene = try await Scene { configuration in
      configuration.trust = authority.certificate
      configuration.endpoint = try Endpoint("https://127.0.0.1:\(port)")
    }
    let delivery = try await scene.client.send(scene.body("r-1"), as: "syncProduct")
    #expect(delivery.outcome == .unsent)
    #expect(
      delivery.reason.hasSuffix(
        "does not speak TLS 1.2 or later with ECDHE key exchange; turn both on there"))
    let found = try await ConnectionTrial(
      endpoint: Endpoint("https://127.0.0.1:\(port)"), trust: authority.certificate
    ).run()
    #expect(found == .unusable(delivery.reason))
    await scene.end()
  }
}

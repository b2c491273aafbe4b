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
    #expect(scene.events.isEmpty == (delivery.outcome == .unknown))
    await scene.end()
    var shown = delivery
    shown.reason = delivery.reason.replacing(":\(scene.simulator.port)", with: ":PORT")
    return shown
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
}

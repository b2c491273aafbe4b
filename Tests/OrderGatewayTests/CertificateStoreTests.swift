import Records
import TestSupport
import Testing

@testable import OrderGateway

@Suite struct CertificateStoreTests {
  @Test("an order comes in over TLS, from a caller that checks our certificate")
  func order() async throws {
    let certificates = try Certificates("shop")
    let scene = try await Scene { $0.tls = certificates.tls }
    #expect(scene.gateway.address == "https://127.0.0.1:\(scene.gateway.port)")
    var request = SignedRequest(OrderText().json)
    request.headers.append("Connection: close")
    let output = try await certificates.answer(
      at: scene.gateway.port, to: request.text(), trusting: "shop")
    #expect(output.hasSuffix(Scene.stored("aee554ed8db7f7e6")), "\(output)")
    #expect(scene.desk.orders.count == 1)
    await scene.gateway.stop()
  }

  @Test("TLS 1.2 and 1.3 are spoken, nothing older, and no plain HTTP")
  func versions() async throws {
    let certificates = try Certificates("shop")
    let scene = try await Scene { $0.tls = certificates.tls }
    let port = scene.gateway.port
    #expect(try await certificates.shown(at: port, "-tls1_2") == "shop")
    #expect(try await certificates.shown(at: port, "-tls1_3") == "shop")
    let old = "-tls1_1 -cipher DEFAULT@SECLEVEL=0"
    #expect(try await certificates.shown(at: port, old) == nil)
    let client = try await scene.connect()
    try await client.send(SignedRequest(OrderText().json).text())
    #expect(await client.isClosed())
    #expect(scene.desk.orders.isEmpty)
    let reasons = Set(scene.events.map(\.reason))
    #expect(reasons.contains("TLS did not come about: unsupported protocol"), "\(reasons)")
    #expect(scene.events.last?.reason == "TLS did not come about: plain HTTP was spoken")
    await scene.gateway.stop()
  }

  @Test("a renewed certificate is shown to new callers, and old ones go on")
  func renewed() async throws {
    let certificates = try Certificates("old", "new")
    let scene = try await Scene {
      $0.tls = certificates.tls
      $0.limits.certificateCheck = .milliseconds(20)
    }
    let port = scene.gateway.port
    #expect(try await certificates.shown(at: port) == "old")
    certificates.install(certificate: "new", key: "new")
    let event = await scene.event { $0.outcome == .certificateRenewed }
    #expect(event != nil)
    #expect(try await certificates.shown(at: port) == "new")
    await scene.gateway.stop()
  }

  @Test("a renewal that cannot be used leaves the old pair in use, and is told once")
  func broken() async throws {
    let certificates = try Certificates("old", "new")
    let store = try CertificateStore(certificates.tls)
    let server = certificates.folder.file("server.pem")
    let key = certificates.folder.file("server.key")
    let breaks: [(() -> Void, String)] = [
      (
        { certificates.install(certificate: "new", key: "old") },
        "\(server): the certificate does not belong to the key \(key). "
          + "Put the certificate and the key of the same renewal there."
      ),
      (
        { certificates.folder.write("half a certif", to: "server.pem") },
        "\(server): this is no certificate in PEM form. "
          + "Put the whole chain there, the server's own certificate first."
      ),
      (
        { certificates.folder.remove("server.pem") },
        "\(server): the gateway's certificate cannot be read: No such file or directory. "
          + "Put it there, and let the user who runs this program read it."
      ),
      (
        {
          certificates.install(certificate: "new", key: "new")
          certificates.folder.write("-----BEGIN PRIVATE KEY-----\n", to: "server.key")
        },
        "\(key): this is no private key in PEM form, or it is encrypted. "
          + "Put the key of the gateway's certificate there, without a passphrase."
      ),
    ]
    for (make, words) in breaks {
      make()
      let before = store.context
      let told = (0..<4).compactMap { _ in store.look().problem?.description }
      #expect(told == [words])
      #expect(store.context === before)
      certificates.install(certificate: "old", key: "old")
      #expect(store.look().problem == nil)
      #expect(store.context === before)
    }
    certificates.install(certificate: "new", key: "new")
    #expect(store.look().isRenewed)
    #expect(store.look().isRenewed == false)
  }

  @Test("a gateway whose certificate cannot be used does not start")
  func unusable() async throws {
    let certificates = try Certificates("old", "new")
    certificates.install(certificate: "old", key: "new")
    do throws(Problem) {
      _ = try CertificateStore(certificates.tls)
      Issue.record("the pair was taken")
    } catch {
      #expect(error.code == "gateway-certificate")
      #expect(error.message.hasPrefix("the certificate does not belong to the key"))
    }
  }
}

extension CertificateStore.Change {
  fileprivate var problem: Problem? {
    if case .unusable(let problem) = self { problem } else { nil }
  }

  fileprivate var isRenewed: Bool {
    if case .renewed = self { true } else { false }
  }
}

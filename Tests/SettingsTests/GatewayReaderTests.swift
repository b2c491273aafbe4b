import Foundation
import Records
import Testing

@testable import Settings

struct GatewayReaderTests {
  private static func workspace(_ gateway: String) throws -> Workspace {
    let workspace = try Workspace(
      "environment: simulator\nstores: [s]\ngateway: { \(gateway) }\n")
    try workspace.write("-----BEGIN CERTIFICATE-----\n", to: "tls.pem")
    try workspace.write("-----BEGIN PRIVATE KEY-----\n", to: "tls.key", mode: 0o600)
    return workspace
  }

  @Test("what is left out has its default")
  func defaults() throws {
    let workspace = try Self.workspace("certificate: tls.pem, privateKey: tls.key")
    let gateway = try #require(try workspace.load().gateway)
    #expect(gateway.host == "0.0.0.0")
    #expect(gateway.port == 8443)
    #expect(gateway.pathPrefix == "")
    #expect(gateway.clockSkew == .seconds(300))
  }

  @Test("without TLS it listens only where nobody else can call")
  func plain() throws {
    #expect(try Self.workspace("listen: '127.0.0.1:80'").load().gateway?.tls == nil)
    let problems = try Self.workspace("listen: '10.0.0.1:80'").problems()
    #expect(
      problems.map { $0.prefix { $0 != "." } } == [
        "Mappings/connector", "Mappings/connector",
      ])
    #expect(problems[0].contains("\"certificate\" is missing in gateway"))
    #expect(problems[1].contains("\"privateKey\" is missing in gateway"))
    #expect(
      try Self.workspace("listen: '127.0.0.1:80', certificate: tls.pem").problems().count == 1)
  }

  /// What stands in `gateway`, and what is said about it.
  static let mistakes: KeyValuePairs = [
    "listen: '8443'":
      "this is no address and port to listen at (found: \"8443\"). Write ADDRESS:PORT, such as "
      + "0.0.0.0:8443 for every network of this machine.",
    "pathPrefix: shop":
      "the path prefix begins with a slash, does not end with one and has no query (found: "
      + "\"shop\"). Write what the proxy puts before /v2/pos, such as /dstore.",
    "pathPrefix: /shop/":
      "the path prefix begins with a slash, does not end with one and has no query (found: "
      + "\"/shop/\"). Write what the proxy puts before /v2/pos, such as /dstore.",
    "clockSkew: 2d": "\"clockSkew\" is too long (found: \"2d\"). Write one from 1s to 1d.",
    "clock: 2m":
      "\"clock\" is not a key of gateway. Its keys are: certificate, clockSkew, listen, "
      + "pathPrefix, privateKey.",
  ]

  @Test("a mistake is reported with its remedy", arguments: mistakes.map(\.key))
  func mistake(line: String) throws {
    let message = try #require(Self.mistakes.first { $0.key == line }).value
    let problems = try Self.workspace(
      "certificate: tls.pem, privateKey: tls.key, \(line)"
    ).problems()
    #expect(problems.count == 1)
    #expect(problems.first?.hasSuffix(": \(message)") == true, "\(problems)")
  }

  @Test("the gateway's own key is kept from others too")
  func readable() throws {
    let workspace = try Self.workspace("certificate: tls.pem, privateKey: tls.key")
    try workspace.write("x", to: "tls.key", mode: 0o644)
    #expect(
      workspace.problems() == [
        """
        Mappings/connector.yaml, line 3, position 46: the gateway's private key can be used by \
        others on this machine (mode 644) (found: "tls.key"). Run `chmod 600 tls.key`; if others \
        had access until now, make a new key.
        """
      ])
  }
}

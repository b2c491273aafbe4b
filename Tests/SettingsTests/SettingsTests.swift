import Foundation
import Records
import Testing

@testable import Settings

struct SettingsTests {
  @Test("the smallest file is an environment and a store")
  func smallest() throws {
    let workspace = try Workspace("environment: simulator\nstores: [my-store]\n")
    let settings = try workspace.load()
    #expect(settings.environment == .simulator)
    #expect(settings.stores.map(\.posStoreId) == ["my-store"])
    #expect(settings.stores.map(\.posAccountId) == ["demo-merchant"])
    #expect(settings.currency.code == "SGD")
    #expect(settings.timeZone.name == "Asia/Singapore")
    #expect(settings.timeZone.offsetSeconds(at: 1_769_832_536) == 28_800)
    #expect(settings.clientId == "SIMULATOR")
    #expect(settings.endpoint == nil)
    #expect(settings.keys.privateKey == nil)
    #expect(settings.keys.dstorePublic == nil)
    #expect(settings.keys.version == 1)
    #expect(settings.trust == nil)
    #expect(settings.gateway == nil)
    #expect(settings.statusUpdates == .auto)
    #expect(settings.state == workspace.path + "/.connector")
    #expect(settings.settle == .seconds(1))
    #expect(settings.requestTimeout == .seconds(60))
    #expect(settings.giveUpAfter == .seconds(86_400))
    #expect(settings.retention == .seconds(2_592_000))
    #expect(settings.forget == .seconds(400 * 86_400))
    #expect(settings.unattendedAfter == nil)
    #expect(settings.warnAfterTries == 20)
    #expect(settings.warnAfter == .seconds(3_600))
  }

  @Test("the sandbox knows its endpoint, client id and D-Store's key")
  func sandbox() throws {
    let workspace = try Workspace(
      """
      environment: sandbox
      posAccountId: m-1
      stores: [s-1]
      currency: JPY
      timeZone: Asia/Tokyo
      keys: { private: keys/pos.pem }
      """)
    try FileManager.default.createDirectory(
      atPath: workspace.path + "/keys", withIntermediateDirectories: true)
    try workspace.write("the key\n", to: "keys/pos.pem", mode: 0o600)
    let settings = try workspace.load()
    #expect(settings.endpoint?.text == "https://open-region-pre.alipayplus.com")
    #expect(settings.clientId == "375Y903U2Y45KE00600")
    #expect(settings.keys.privateKey == KeyText(text: "the key\n", origin: "keys/pos.pem"))
    let key = try #require(settings.keys.dstorePublic)
    #expect(key.text.count == 392)
    #expect(key.text.hasPrefix("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAgnqkU20qdSx6fZ0O"))
    #expect(key.text.hasSuffix("KZZ13ol2egEHEFbTmpHNMhdynEUZ73kIR4sCTpmaOxQIDAQAB"))
    #expect(key.origin == "D-Store's known sandbox key")
  }

  static let whole = """
    environment: production
    posAccountId: m-1
    stores:
      - posStoreId: s-1
      - posStoreId: s-2
        posAccountId: m-2
      - s-3
    currency: KWD
    timeZone: UTC
    clientId: LIVE01
    keys:
      private: pos.pem
      version: 3
      dstorePublic: dstore.txt
    endpoint: https://proxy.example:8443/dstore/
    trust: ca.pem
    statusUpdates: on
    gateway:
      listen: "[::]:9443"
      certificate: tls.pem
      privateKey: tls.key
      pathPrefix: /shop
      clockSkew: 90s
    state: /var/lib/connector
    settle: 250ms
    requestTimeout: 5s
    giveUpAfter: 2d
    retention: 90d
    forget: 500d
    unattendedAfter: 20m
    warnAfterTries: 5
    warnAfter: 30m
    """

  private static func wholeWorkspace() throws -> Workspace {
    let workspace = try Workspace(whole)
    try workspace.write("private", to: "pos.pem", mode: 0o400)
    try workspace.write("public", to: "dstore.txt")
    try workspace.write("-----BEGIN CERTIFICATE-----\n", to: "ca.pem")
    try workspace.write("-----BEGIN CERTIFICATE-----\n", to: "tls.pem")
    try workspace.write("tls", to: "tls.key", mode: 0o600)
    return workspace
  }

  @Test("every key is read")
  func everyKey() throws {
    let workspace = try Self.wholeWorkspace()
    let settings = try workspace.load()
    #expect(settings.environment == .production)
    #expect(settings.stores.map(\.posStoreId) == ["s-1", "s-2", "s-3"])
    #expect(settings.stores.map(\.posAccountId) == ["m-1", "m-2", "m-1"])
    #expect(settings.posAccountId == "m-1")
    #expect(settings.currency.exponent == 3)
    #expect(settings.timeZone == .utc)
    #expect(settings.clientId == "LIVE01")
    #expect(settings.keys.privateKey == KeyText(text: "private", origin: "pos.pem"))
    #expect(settings.keys.version == 3)
    #expect(settings.keys.dstorePublic == KeyText(text: "public", origin: "dstore.txt"))
    #expect(settings.endpoint?.text == "https://proxy.example:8443/dstore")
    #expect(settings.trust == workspace.path + "/ca.pem")
    #expect(settings.statusUpdates == .on)
    let gateway = try #require(settings.gateway)
    #expect(gateway.host == "::")
    #expect(gateway.port == 9443)
    #expect(gateway.tls?.certificate == workspace.path + "/tls.pem")
    #expect(gateway.tls?.privateKey == workspace.path + "/tls.key")
    #expect(gateway.pathPrefix == "/shop")
    #expect(gateway.clockSkew == .seconds(90))
    #expect(settings.state == "/var/lib/connector")
    #expect(settings.settle == .milliseconds(250))
    #expect(settings.requestTimeout == .seconds(5))
    #expect(settings.giveUpAfter == .seconds(172_800))
    #expect(settings.retention == .seconds(7_776_000))
    #expect(settings.forget == .seconds(500 * 86_400))
    #expect(settings.unattendedAfter == .seconds(1_200))
    #expect(settings.warnAfterTries == 5)
    #expect(settings.warnAfter == .seconds(1_800))
  }

  @Test("production is told everything that it lacks at once")
  func production() throws {
    let missing = "Mappings/connector.yaml, line 1, position 1: "
    #expect(
      try Workspace("environment: production\n").problems() == [
        missing
          + "no store is named (stores). Add it: stores: [STORE-ID], with what D-Store calls the "
          + "store.",
        missing + "\"currency\" is missing in connector.yaml. Add it: currency: …",
        missing + "\"timeZone\" is missing in connector.yaml. Add it: timeZone: …",
        missing + "\"clientId\" is missing in connector.yaml. Add it: clientId: …",
        missing
          + "our private key (keys.private) is missing. Make a pair with `dstore-connector keys`, "
          + "give its public half to the solution architect, and write the private file's path "
          + "here.",
        missing
          + "D-Store's public key for production (keys.dstorePublic) is missing. The solution "
          + "architect gives it at go-live: one line of Base64.",
      ])
  }

  @Test("what belongs to the sandbox is refused in production")
  func sandboxInProduction() throws {
    let workspace = try Workspace(
      Workspace.production
        .replacingOccurrences(of: "LIVE01", with: "375Y903U2Y45KE00600")
        .replacingOccurrences(
          of: Workspace.keyText, with: try #require(EnvironmentFacts.sandbox.dstorePublicKey)))
    try workspace.write("x", to: "pos.pem", mode: 0o600)
    #expect(
      workspace.problems() == [
        """
        Mappings/connector.yaml, line 6, position 11: this is the sandbox's client id (found: \
        "375Y903U2Y45KE00600"). Production has one of its own; the solution architect gives it at \
        go-live.
        """,
        """
        Mappings/connector.yaml, line 9, position 17: this is D-Store's public key of the \
        sandbox. Production has a key of its own; the solution architect gives it at go-live.
        """,
      ])
  }

  @Test("a missing file is one problem that says what the smallest one looks like")
  func noFile() throws {
    #expect(
      try Workspace(nil).problems() == [
        """
        Mappings/connector.yaml: there are no settings in WORKSPACE. Write the file; the smallest \
        one is the two lines "environment: simulator" and "stores: [my-store]". Another folder is \
        named with --workspace DIR.
        """
      ])
  }

  @Test("a file that is no YAML is one problem with its place")
  func noYAML() throws {
    let problems = try Workspace("environment: simulator\nenvironment: sandbox\n").problems()
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("Mappings/connector.yaml, line 2, position 1: "))
  }

  /// What is added to the smallest settings, and what is said about it.
  static let mistakes: KeyValuePairs = [
    "clientID: x":
      "1: \"clientID\" is not a key of connector.yaml. Did you mean \"clientId\"?",
    "currency: sgd":
      "11: this is not a currency of ISO 4217 (found: \"sgd\"). Did you mean \"SGD\"?",
    "timeZone: Asia/Singapur":
      "11: there is no such time zone (found: \"Asia/Singapur\"). Did you mean \"Asia/Singapore\"?",
    "timeZone: ../passwd":
      "11: there is no such time zone (found: \"../passwd\"). Write its IANA name, such as "
      + "Asia/Singapore.",
    "timeZone: right/Asia/Tokyo":
      "11: there is no such time zone (found: \"right/Asia/Tokyo\"). Write its IANA name, such as "
      + "Asia/Singapore.",
    "clientId: a b":
      "11: the client id is empty or holds white space or letters beyond ASCII (found: \"a b\"). "
      + "Write it exactly as the solution architect gave it.",
    "statusUpdates: maybe":
      "16: \"statusUpdates\" is one of auto, on, off (found: \"maybe\"). Write one of them.",
    "settle: 1":
      "9: \"settle\" is not a duration (found: \"1\"). Write a whole number and a unit: 500ms, 1s, "
      + "5m, 24h or 7d.",
    "settle: 1h": "9: \"settle\" is too long (found: \"1h\"). Write one from 0s to 5m.",
    "retention: 1s":
      "12: \"retention\" is too short (found: \"1s\"). Write one from 1h to 3650d.",
    "forget: 7d":
      "9: \"forget\" is too short (found: \"7d\"). Write one from 30d to 3650d.",
    "unattendedAfter: 2d":
      "18: \"unattendedAfter\" is too long (found: \"2d\"). Write one from 1m to 1d.",
    "giveUpAfter: 1s":
      "14: \"giveUpAfter\" is too short (found: \"1s\"). Write one from 1m to 30d.",
    "warnAfterTries: 0":
      "1: \"warnAfterTries\" is a number from 1 on (found: \"0\"). Leave it out for 20.",
    "keys: { version: 0 }":
      "9: the key's version is a number from 1 on (found: \"0\"). Leave it out for the first key.",
    "keys: { privat: x }": "9: \"privat\" is not a key of keys. Did you mean \"private\"?",
    "trust: ca.pem":
      "8: the file of the certificate authority (trust) does not exist (found: \"ca.pem\"). Check "
      + "the path. Relative paths begin at the workspace; this one is WORKSPACE/ca.pem.",
    "trust: Mappings":
      "8: the file of the certificate authority (trust) is not a regular file (found: "
      + "\"Mappings\"). Name a file; a folder or a pipe cannot be read.",
    "trust: Mappings/connector.yaml":
      "8: the file of the certificate authority (trust) holds no certificate in PEM (found: "
      + "\"Mappings/connector.yaml\"). Turn it into PEM with `openssl x509 -inform DER -in "
      + "Mappings/connector.yaml`.",
    "state: Mappings/connector.yaml":
      "8: the state folder is not a folder (found: \"Mappings/connector.yaml\"). Name a folder; it "
      + "may be a new one.",
    "endpoint: http://shop.example":
      "11: plain http is allowed only towards this machine (found: \"http://shop.example\"). Write "
      + "https://…; only localhost, 127.0.0.0/8 and ::1 may be reached without it.",
    "posAccountId: ''":
      "15: \"posAccountId\" is empty (found: \"\"). Write it exactly as it was agreed with D-Store.",
  ]

  @Test("a mistake is reported with its place and remedy", arguments: mistakes.map(\.key))
  func mistake(line: String) throws {
    let message = try #require(Self.mistakes.first { $0.key == line }).value
    let workspace = try Workspace("environment: simulator\nstores: [my-store]\n\(line)\n")
    #expect(
      workspace.problems() == ["Mappings/connector.yaml, line 3, position \(message)"])
  }

  @Test("an environment that nobody knows hides no other problem")
  func unknownEnvironment() throws {
    #expect(
      try Workspace("environment: sandbx\nstores: [s]\nsettle: x\n").problems() == [
        "Mappings/connector.yaml, line 1, position 14: \"environment\" is one of simulator, "
          + "sandbox, production (found: \"sandbx\"). Did you mean \"sandbox\"?",
        "Mappings/connector.yaml, line 3, position 9: \"settle\" is not a duration (found: \"x\"). "
          + "Write a whole number and a unit: 500ms, 1s, 5m, 24h or 7d.",
      ])
  }

  @Test(
    "the endpoint of another environment is refused",
    arguments: [
      ("simulator", "https://open-region-pre.alipayplus.com"),
      ("simulator", "https://open-region.alipayplus.com:443/x"),
      ("sandbox", "https://Open-Region.alipayplus.com"),
    ])
  func foreignEndpoint(environment: String, endpoint: String) throws {
    let problems = try Workspace(
      "environment: \(environment)\nposAccountId: a\nstores: [s]\ncurrency: SGD\n"
        + "timeZone: UTC\nendpoint: \(endpoint)\n"
    ).problems()
    #expect(problems.contains { $0.contains("line 6, position 11: this is D-Store's") })
  }
}

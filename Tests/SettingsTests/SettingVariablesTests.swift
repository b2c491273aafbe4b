import Foundation
import Records
import Testing

@testable import Settings

struct SettingVariablesTests {
  static let smallest = "environment: simulator\nstores: [my-store]\n"

  @Test("every key can come from the environment, and comes before the file")
  func everyVariable() throws {
    let workspace = try Workspace(Self.smallest + "settle: 9s\nkeys: { version: 2 }\n")
    try workspace.write("private", to: "pos.pem", mode: 0o600)
    try workspace.write("-----BEGIN CERTIFICATE-----\n", to: "ca.pem")
    try workspace.write("tls", to: "tls.key", mode: 0o600)
    let settings = try workspace.load([
      "DSTORE_ENVIRONMENT": "production", "DSTORE_POS_ACCOUNT_ID": "m-9",
      "DSTORE_STORES": "s-1, s-2", "DSTORE_CURRENCY": "JPY", "DSTORE_TIME_ZONE": "Asia/Tokyo",
      "DSTORE_CLIENT_ID": "C9", "DSTORE_KEYS_PRIVATE_FILE": "pos.pem",
      "DSTORE_KEYS_VERSION": "4", "DSTORE_KEYS_DSTORE_PUBLIC": Workspace.keyText,
      "DSTORE_ENDPOINT": "http://127.0.0.1:8080", "DSTORE_TRUST": "ca.pem",
      "DSTORE_STATUS_UPDATES": "off", "DSTORE_GATEWAY_LISTEN": "127.0.0.1:1",
      "DSTORE_GATEWAY_CERTIFICATE": "ca.pem", "DSTORE_GATEWAY_PRIVATE_KEY": "tls.key",
      "DSTORE_GATEWAY_PATH_PREFIX": "/p", "DSTORE_GATEWAY_CLOCK_SKEW": "1m",
      "DSTORE_STATE": "st", "DSTORE_SETTLE": "2s", "DSTORE_REQUEST_TIMEOUT": "9s",
      "DSTORE_GIVE_UP_AFTER": "1h",
      "DSTORE_RETENTION": "45d",
      "DSTORE_FORGET": "90d", "DSTORE_UNATTENDED_AFTER": "20m",
      "DSTORE_WARN_AFTER": "2h", "DSTORE_WARN_AFTER_TRIES": "7", "PATH": "/bin", "DSTORE": "x",
    ])
    #expect(settings.environment == .production)
    #expect(settings.stores.map(\.posStoreId) == ["s-1", "s-2"])
    #expect(settings.posAccountId == "m-9")
    #expect(settings.currency.code == "JPY")
    #expect(settings.timeZone.name == "Asia/Tokyo")
    #expect(settings.clientId == "C9")
    #expect(settings.keys.privateKey == KeyText(text: "private", origin: "pos.pem"))
    #expect(settings.keys.version == 4)
    #expect(settings.keys.dstorePublic?.origin == "DSTORE_KEYS_DSTORE_PUBLIC")
    #expect(settings.endpoint?.text == "http://127.0.0.1:8080")
    #expect(settings.trust == workspace.path + "/ca.pem")
    #expect(settings.statusUpdates == .off)
    #expect(settings.gateway?.port == 1)
    #expect(settings.gateway?.tls?.privateKey == workspace.path + "/tls.key")
    #expect(settings.gateway?.pathPrefix == "/p")
    #expect(settings.gateway?.clockSkew == .seconds(60))
    #expect(settings.state == workspace.path + "/st")
    #expect(settings.settle == .seconds(2))
    #expect(settings.requestTimeout == .seconds(9))
    #expect(settings.giveUpAfter == .seconds(3_600))
    #expect(settings.retention == .seconds(45 * 86_400))
    #expect(settings.forget == .seconds(90 * 86_400))
    #expect(settings.unattendedAfter == .seconds(1_200))
    #expect(settings.warnAfterTries == 7)
    #expect(settings.warnAfter == .seconds(7_200))
  }

  @Test("every variable of the table is read, and every key of the file has one")
  func table() throws {
    #expect(SettingVariables.table.count == 28)
    #expect(Set(SettingVariables.table.map(\.key)).count == 28)
    for (name, key) in SettingVariables.table {
      let words = key.split(separator: ".").map { word in
        word.reduce(into: "") { $0 += $1.isUppercase ? "_\($1)" : $1.uppercased() }
      }
      let plain = "DSTORE_" + words.joined(separator: "_")
      #expect([plain, plain + "_FILE", "DSTORE_KEYS_PRIVATE"].contains(name), "\(name)")
    }
  }

  @Test("stores may be written as YAML with merchants of their own")
  func stores() throws {
    let settings = try Workspace(Self.smallest).load([
      "DSTORE_STORES": "[{posStoreId: a, posAccountId: m-1}, b]"
    ])
    #expect(settings.stores.map(\.posStoreId) == ["a", "b"])
    #expect(settings.stores.map(\.posAccountId) == ["m-1", "demo-merchant"])
  }

  @Test("an empty variable counts as not there")
  func empty() throws {
    let settings = try Workspace(Self.smallest).load([
      "DSTORE_ENVIRONMENT": "", "DSTORE_KEYS_PRIVATE": "", "DSTORE_NONSENSE": "",
    ])
    #expect(settings.environment == .simulator)
    #expect(settings.keys.privateKey == nil)
  }

  @Test("the private key itself comes from its variable, whatever file is named")
  func privateKey() throws {
    let settings = try Workspace(Self.smallest + "keys: { private: gone.pem }\n").load([
      "DSTORE_KEYS_PRIVATE": Workspace.keyText
    ])
    #expect(
      settings.keys.privateKey
        == KeyText(text: Workspace.keyText, origin: "DSTORE_KEYS_PRIVATE"))
  }

  /// Variables, and what is said about them.
  static let mistakes: [(variables: [String: String], problems: [String])] = [
    (
      ["DSTORE_CLIENTID": "x"],
      ["DSTORE_CLIENTID: no setting has this environment variable. Did you mean DSTORE_CLIENT_ID?"]
    ),
    (
      ["DSTORE_ENVIRONMENT": "live"],
      [
        """
        DSTORE_ENVIRONMENT: "environment" is one of simulator, sandbox, production (found: \
        "live"). Write one of them.
        """
      ]
    ),
    (
      ["DSTORE_KEYS_PRIVATE": "/etc/pos.pem"],
      [
        """
        DSTORE_KEYS_PRIVATE: this variable takes the key itself, not a path. Name the file in \
        DSTORE_KEYS_PRIVATE_FILE.
        """
      ]
    ),
    (
      ["DSTORE_KEYS_DSTORE_PUBLIC": "a", "DSTORE_KEYS_DSTORE_PUBLIC_FILE": "b"],
      [
        """
        DSTORE_KEYS_DSTORE_PUBLIC: DSTORE_KEYS_DSTORE_PUBLIC and DSTORE_KEYS_DSTORE_PUBLIC_FILE \
        are both set. Remove one of the two.
        """,
        """
        DSTORE_KEYS_DSTORE_PUBLIC_FILE: the file of D-Store's public key does not exist (found: \
        "b"). Check the path. Relative paths begin at the workspace; this one is WORKSPACE/b.
        """,
      ]
    ),
    (
      ["DSTORE_STORES": "a,,a"],
      [
        """
        DSTORE_STORES: the store stands twice; its first place is DSTORE_STORES (found: "a"). \
        Remove one. Two merchants' stores of one id need a workspace each.
        """
      ]
    ),
  ]

  @Test("a mistake in the environment is reported with the variable", arguments: mistakes)
  func mistake(variables: [String: String], problems: [String]) throws {
    #expect(try Workspace(Self.smallest).problems(variables) == problems)
  }

  @Test("a name like no other is answered with all names")
  func farOff() throws {
    let problems = try Workspace(Self.smallest).problems(["DSTORE_QQQQQQQQ": "x"])
    #expect(problems.count == 1)
    #expect(
      problems[0].hasPrefix(
        """
        DSTORE_QQQQQQQQ: no setting has this environment variable. The variables are: \
        DSTORE_ENVIRONMENT, DSTORE_POS_ACCOUNT_ID,
        """))
  }
}

import Foundation
import Testing

/// Settings of the gateway that cannot work: check finds them, and serve does not begin.
@Suite struct GatewaySettingsTests {
  /// A shop with the pairs `a` and `b`; the gateway has these two files.
  private static func shop(_ certificate: String, _ key: String) async -> Shop {
    let gateway =
      "gateway: {listen: 127.0.0.1:8443, certificate: \(certificate), privateKey: \(key)}"
    let shop = Shop(more: gateway)
    let made = await shop.shell(
      """
      for name in a b; do
        openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=$name -keyout $name.key \
          -out $name.pem || exit
      done
      echo '-----BEGIN PRIVATE KEY-----' > junk.key; chmod 600 *.key
      """)
    #expect(made.exit == 0)
    return shop
  }

  @Test(
    "a pair that cannot be used is found by check, and serve ends with 2",
    arguments: [
      (
        "b.key",
        "WS/a.pem: the certificate does not belong to the key WS/b.key. Put the "
          + "certificate and the key of the same renewal there.\n"
      ),
      (
        "junk.key",
        "WS/junk.key: this is no private key in PEM form, or it is encrypted. Put the "
          + "key of the gateway's certificate there, without a passphrase.\n"
      ),
    ])
  func pair(key: String, message: String) async {
    let shop = await Self.shop("a.pem", key)
    let check = await shop.command("check")
    #expect(check.exit == 2)
    #expect(check.err == message)
    await expect(shop.command("serve"), .init(exit: 2, out: "", err: message))
    #expect(!shop.folder.has(".connector"))
  }

  @Test("check has nothing against a pair that belongs together")
  func good() async {
    let check = await Self.shop("a.pem", "a.key").command("check")
    #expect(check.exit == 0)
    #expect(check.err == "")
  }

  @Test("serve without a gateway ends with 2")
  func missing() async {
    await expect(
      Shop().command("serve"),
      .init(
        exit: 2, out: "",
        err: """
          Mappings/connector.yaml: nothing says where D-Store calls (gateway:). Add gateway: \
          {listen: 0.0.0.0:8443, certificate: FILE, privateKey: FILE}.

          """))
  }
}

import Foundation
import TestSupport
import Testing

/// Settings of the gateway that cannot work: check finds them, and serve does not begin.
@Suite(.talksToPrograms) struct GatewaySettingsTests {
  /// A shop with the pairs `a` and `b`; the gateway has these two files.
  private static func shop(_ certificate: String, _ key: String) async -> Shop {
    let gateway =
      "gateway: {listen: 127.0.0.1:8443, certificate: \(certificate), privateKey: \(key)}"
    let shop = Shop(more: gateway)
    let made = await shop.shell(
      """
      for name in a b; do
        openssl req -x509 -newkey rsa:2048 -nodes -days 90 -subj /CN=$name -keyout $name.key \
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

  @Test(
    "a certificate that is out of date, or soon will be, needs attention in check and status",
    arguments: [
      ("-startdate 20200101000000Z -enddate 20210101000000Z", 2, "certificate expired on"),
      ("-startdate 20490101000000Z -enddate 20491231000000Z", 2, "is valid only from"),
      ("-days 3", 0, "certificate expires in 2 days"),
    ])
  func dates(_ period: String, check exit: Int32, words: String) async {
    let shop = await Self.shop("old.pem", "a.key")
    let made = await shop.shell(
      """
      openssl req -new -key a.key -subj /CN=old -out old.csr && : > index.txt &&
      printf '[ca]\ndefault_ca=d\n[d]\ndatabase=index.txt\nnew_certs_dir=.\npolicy=p\n\
      default_md=sha256\nrand_serial=yes\n[p]\ncommonName=supplied\n' > ca.cnf &&
      openssl ca -batch -config ca.cnf -selfsign -keyfile a.key -in old.csr -out old.pem -notext \
        \(period)
      """)
    #expect(made.exit == 0, "\(made.err)")
    let check = await shop.command("check")
    #expect(check.exit == exit)
    #expect((check.out + check.err).contains(words), "\(check)")
    let status = await shop.command("status")
    #expect(status.exit == 1)
    #expect(status.out.hasPrefix("Needs attention (1)\n"), "\(status)")
    #expect(status.out.contains(words))
    #expect(await shop.command("status", "--json").out.hasPrefix(#"{"attention":[{"#))
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

  @Test("check refuses an endpoint that ends with a call's path, and our own key as D-Store's")
  func endpointAndKey() async {
    let shop = Shop()
    shop.settings(endpoint: "\(shop.dstore.endpoint)/v2/pos")
    let path = await shop.command("check")
    #expect(path.exit == 2)
    #expect(path.err.hasSuffix("Write endpoint: DSTORE\n"), "\(path.err)")
    let keys = DStoreDouble.shared.folder.path
    shop.settings()
    let own = await shop.shell(
      """
      $C keys --show \(keys)/merchant.pem > own.pub &&
      sed -i 's|dstorePublic: .*|dstorePublic: own.pub}|' Mappings/connector.yaml && $C check
      """)
    #expect(own.exit == 2)
    #expect(own.err.hasPrefix("own.pub: keys.dstorePublic is the public half of your own key"))
    #expect(await shop.run().exit == 2)
  }
}

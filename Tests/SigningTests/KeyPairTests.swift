import Records
import TestSupport
import Testing

@testable import Signing

struct KeyPairTests {
  @Test("openssl reads a new pair, finds it sound, and derives the same public key")
  func opensslReads() throws {
    let pair = try KeyPair.generate()
    let folder = TemporaryFolder()
    folder.write(pair.privatePEM, to: "private.pem")
    let check = try folder.openssl("rsa -in private.pem -check -noout")
    #expect(check.status == 0)
    #expect(check.output.contains("RSA key ok"))
    #expect(try folder.openssl("rsa -in private.pem -noout -text").output.contains("(2048 bit"))
    try folder.openssl("rsa -in private.pem -pubout -out public.pem")
    #expect(folder.text("public.pem") == pair.publicPEM)
    try folder.openssl("pkcs8 -topk8 -nocrypt -in private.pem -out again.pem")
    #expect(folder.text("again.pem") == pair.privatePEM)
  }

  @Test("what a pair writes is read back as the same keys")
  func readBack() throws {
    let pair = try KeyPair.generate()
    let key = try PrivateKey(text: pair.privatePEM, origin: "new")
    #expect(key.publicKey == pair.publicKey)
    #expect(try PublicKey(text: pair.publicBase64Line, origin: "line") == pair.publicKey)
    #expect(!pair.publicBase64Line.contains("\n"))
    #expect(pair.publicBase64Line.hasPrefix("MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A"))
  }

  @Test("two pairs are not the same")
  func fresh() throws {
    #expect(try KeyPair.generate().publicKey != KeyPair.generate().publicKey)
  }
}

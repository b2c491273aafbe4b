import Digests
import Records
import Testing

@testable import DStoreAPI

struct BodySealTests {
  private let digest = Digest.of(Bytes("abc"))

  @Test("what the ledger keeps is read again", arguments: [0..<0, 0..<1, 113..<275_163_546])
  func text(_ products: Range<Int>) {
    let seal = BodySeal(products: products, digest: digest)
    #expect(BodySeal(text: seal.text) == seal)
  }

  @Test("the text of a seal says where the products stand")
  func words() {
    #expect(BodySeal(products: 5..<9, digest: digest).text == "5 9 \(digest.hex)")
    #expect(BodySeal(products: 0..<0, digest: digest).text == digest.hex)
  }

  @Test(
    "anything else is no seal",
    arguments: ["", "x", "1 2", "9 5 ", "5 5 ", "-1 5 ", "1 2 3 ", "1  ", " 1 2 "])
  func others(_ start: String) {
    let text = start.hasSuffix(" ") ? start + digest.hex : start
    #expect(BodySeal(text: text) == nil)
  }
}

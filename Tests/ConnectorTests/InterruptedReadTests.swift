import Foundation
import Testing

/// Signals that come while settings or keys are read.
@Suite struct InterruptedReadTests {
  @Test(
    "a signal that interrupts the reading of settings or keys changes nothing",
    arguments: ["Mappings/connector.yaml", "MERCHANT", "DSTORE", "key.pem"])
  func interrupted(_ file: String) async throws {
    try Tracer.require()
    let shop = Shop()
    let keys = DStoreDouble.shared.folder
    #expect(
      await shop.shell("cp '\(keys.path("merchant.pem"))' key.pem; chmod 600 key.pem").exit == 0)
    let path = file.replacing("MERCHANT", with: keys.path("merchant.pem"))
      .replacing("DSTORE", with: keys.path("dstore.pub"))
    let command = file == "key.pem" ? "$C keys --show key.pem" : "$C run"
    let ending = await shop.shell(
      "strace -f -qq -o trace -P '\(path)' -e trace=read -e inject=read:error=EINTR:when=1 \(command)"
    )
    #expect(shop.folder.text("trace").contains("EINTR"), "\(shop.folder.text("trace"))")
    #expect(ending.exit == 0, "\(ending)")
    #expect(ending.out == (await shop.shell(command)).out)
  }
}

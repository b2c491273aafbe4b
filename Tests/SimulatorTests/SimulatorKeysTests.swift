import Glibc
import Records
import Signing
import TestSupport
import Testing

@testable import Simulator

struct SimulatorKeysTests {
  @Test("the pairs are made once, differ, and are their owner's alone")
  func made() throws {
    let folder = TemporaryFolder()
    let keys = try SimulatorKeys(folder: folder.path)
    #expect(folder.names() == ["dstore_private_key.pem", "pos_private_key.pem"])
    for name in folder.names() {
      var found = stat()
      #expect(stat(folder.file(name), &found) == 0)
      #expect(found.st_mode & 0o7777 == 0o600)
    }
    let again = try SimulatorKeys(folder: folder.path)
    #expect(again.merchant.publicKey == keys.merchant.publicKey)
    #expect(again.dstore.publicKey == keys.dstore.publicKey)
    #expect(keys.merchant.publicKey != keys.dstore.publicKey)
    #expect(keys.merchantKeyPath == folder.file("pos_private_key.pem"))
  }

  @Test("a folder that is not there is made, with those above it")
  func newFolder() throws {
    let folder = TemporaryFolder()
    let keys = try SimulatorKeys(folder: folder.file("a/b/c"))
    #expect(keys.merchantKeyPath == folder.file("a/b/c/pos_private_key.pem"))
    #expect(folder.bytes("a/b/c/pos_private_key.pem") == Array(keys.merchant.pem.utf8))
  }

  @Test("a folder that cannot be made is a problem")
  func noFolder() {
    let folder = TemporaryFolder()
    let path = folder.write("", to: "file") + "/state"
    let problem = Problem(
      "simulator-state", at: Place(file: path),
      "the simulator cannot keep its state: Not a directory",
      remedy: "Make its folder writable, or free space on its disk.")
    #expect(throws: problem) { try SimulatorKeys(folder: path) }
  }

  @Test("a key file that is damaged is a problem, and is left alone")
  func damaged() {
    let folder = TemporaryFolder()
    folder.write("hello", to: "pos_private_key.pem")
    #expect(throws: Problem.self) { try SimulatorKeys(folder: folder.path) }
    #expect(folder.bytes("pos_private_key.pem") == Array("hello".utf8))
  }
}

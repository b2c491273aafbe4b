import Glibc
import Records
import TestSupport
import Testing

@testable import LedgerStore

@Suite struct StateFolderTests {
  @Test("a folder is created for its owner alone, with what leads to it")
  func created() throws {
    let folder = TemporaryFolder()
    #expect(try StateFolder(path: folder.path + "/a/b").prepare().isEmpty)
    #expect(folder.mode(of: "a/b") == 0o700)
    #expect(try StateFolder(path: folder.path + "/a/b").prepare().isEmpty)
  }

  @Test("a file where the folder should be is a problem with a way out")
  func notAFolder() throws {
    let folder = TemporaryFolder()
    folder.write([1], to: "state")
    let path = folder.path + "/state"
    for place in [path, path + "/deeper"] {
      #expect(
        throws: Problem(
          "ledger-unwritable", at: Place(file: place == path ? path : place),
          "the folder of the ledger cannot be created: Not a directory",
          remedy: """
            Let the connector's user own the folder, and check that its disk is mounted for \
            writing; or set `state:` in connector.yaml to another folder.
            """)
      ) { try Ledger.open(folder: place) }
    }
  }

  @Test(
    "a folder into which others can write is refused with the command, to write and to look",
    arguments: [0o777, 0o707, 0o757, 0o1777, 0o750, 0o755])
  func openToOthers(mode: UInt32) throws {
    let folder = TemporaryFolder()
    try Ledger.open(folder: folder.path).close()
    chmod(folder.path, mode)
    let words =
      "others on this machine can write into the folder of the ledger (mode "
      + "\(String(mode, radix: 8)) of \(folder.path)). Run `chmod go-w \(folder.path)`."
    for open in [
      { try Ledger.open(folder: folder.path) as Ledger? },
      { try Ledger.openIfThere(folder: folder.path) },
    ] {
      guard [0o777, 0o707, 0o757].contains(mode) else {
        #expect(try open() != nil)
        continue
      }
      let problem = #expect(throws: Problem.self) { try open() }
      #expect(problem?.description.hasSuffix(words) == true, "\(problem?.description ?? "")")
    }
    chmod(folder.path, 0o700)
  }

  @Test("a place where nothing can be written is a problem")
  func unwritable() {
    let problem = #expect(throws: Problem.self) { try Ledger.open(folder: "/proc/ledger") }
    #expect(problem?.code == "ledger-unwritable")
    #expect(problem?.place.file == "/proc/ledger")
  }

  @Test("a relative path never looks like an address to SQLite")
  func relative() {
    #expect(StateFolder(path: "file:x").database == "./file:x/ledger.sqlite")
    #expect(StateFolder(path: "/var/x").database == "/var/x/ledger.sqlite")
  }

  @Test("a network file system is refused, a shared folder gives a warning")
  func storage() throws {
    let folder = StateFolder(path: "/")
    #expect(try folder.checkStorage("ext4").isEmpty)
    #expect(try folder.checkStorage(nil).isEmpty)
    #expect(
      try folder.checkStorage("9p").map(\.description) == [
        """
        /: the ledger lies on a file system whose locks may not hold (found: "9p"). \
        Set `state:` in connector.yaml to a folder on a disk of this machine.
        """
      ])
    let problem = #expect(throws: Problem.self) { try folder.checkStorage("nfs4") }
    #expect(
      problem?.description == """
        /: the ledger would lie on a network file system, where its locks do not hold \
        (found: "nfs4"). Set `state:` in connector.yaml to a folder on a disk of this machine.
        """)
  }
}

import Testing

@testable import LedgerStore

@Suite struct MountTableTests {
  private let table = MountTable(
    text: #"""
      22 27 0:21 / /proc rw,relatime - proc proc rw
      27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
      30 27 0:40 / /srv/pos rw,relatime shared:2 master:1 - cifs //till/pos rw
      31 30 0:41 / /srv/pos/local rw - tmpfs tmpfs rw
      32 27 0:42 / /mnt/back\040office rw - nfs4 server:/x rw
      33 27 0:43 / /auto rw - autofs systemd-1 rw
      34 33 0:44 / /auto rw - nfs server:/y rw
      a broken line
      """#)

  @Test(
    "the deepest mount that holds a path counts, and of two at one place the later",
    arguments: [
      ("/", "ext4"), ("/home/pos/.connector", "ext4"), ("/srv/pos", "cifs"),
      ("/srv/pos/.connector", "cifs"), ("/srv/position", "ext4"),
      ("/srv/pos/local/state", "tmpfs"), ("/mnt/back office/state", "nfs4"),
      ("/auto/state", "nfs"),
    ])
  func typeOfPath(path: String, type: String) {
    #expect(table.type(of: path) == type)
  }

  @Test("the kernel's own table knows its own files, an empty one nothing")
  func current() {
    #expect(MountTable.current().type(of: "/proc/self") == "proc")
    #expect(MountTable(text: "").type(of: "/") == nil)
  }
}

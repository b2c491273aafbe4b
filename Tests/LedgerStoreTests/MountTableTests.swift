import Glibc
import Testing

@testable import LedgerStore

@Suite struct MountTableTests {
  private let table = MountTable(
    text: #"""
      27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw
      30 27 0:40 / /srv/pos rw,relatime shared:2 master:1 - cifs //till/pos rw
      32 27 0:1048577 / /mnt/back\040office rw - nfs4 server:/x rw
      33 27 0:43 / /auto rw - autofs systemd-1 rw
      34 33 5000:3 / /auto rw - nfs server:/y rw
      a broken line
      """#)

  @Test(
    "a device number is taken apart as the kernel puts it together",
    arguments: [
      (0xFE00, "ext4"), (0x28, "cifs"), (0x1_0000_0001, "nfs4"), (0x2B, "autofs"),
      (0x1000_0003_8803, "nfs"), (0x2C, nil),
    ] as [(dev_t, String?)])
  func typeOfDevice(device: dev_t, type: String?) {
    #expect(table.type(of: device) == type)
  }

  @Test("the kernel's own table knows its own files, through links too, and no missing ones")
  func current() {
    #expect(MountTable.type(of: "/proc/self") == "proc")
    #expect(MountTable.type(of: "/proc/none") == nil)
  }
}

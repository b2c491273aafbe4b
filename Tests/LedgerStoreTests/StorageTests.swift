import Testing

@testable import LedgerStore

@Test(
  "a file system's name says whether locks hold there",
  arguments: [
    ("ext4", Storage.local), ("xfs", .local), ("btrfs", .local), ("overlay", .local),
    ("tmpfs", .local), ("fuseblk", .local), (nil, .local),
    ("nfs", .network("nfs")), ("nfs4", .network("nfs4")), ("cifs", .network("cifs")),
    ("smb3", .network("smb3")), ("fuse.sshfs", .network("fuse.sshfs")),
    ("fuse.mergerfs", .doubtful("fuse.mergerfs")), ("9p", .doubtful("9p")),
    ("vboxsf", .doubtful("vboxsf")),
  ] as [(String?, Storage)])
func storageOfType(type: String?, storage: Storage) {
  #expect(Storage(type: type) == storage)
}

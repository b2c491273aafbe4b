/// Whether a file system can hold the ledger. SQLite's write-ahead log needs locks and shared
/// memory that every process sees (sqlite.org/wal.html: "does not work over a network filesystem").
enum Storage: Equatable {
  case local
  /// Other machines may write there too, and locks do not hold between them.
  case network(String)
  /// It depends on what is behind it.
  case doubtful(String)

  /// - Parameter type: the file system's name as the kernel lists it.
  init(type: String?) {
    guard let type else {
      self = .local
      return
    }
    if Self.networks.contains(type) {
      self = .network(type)
    } else if Self.doubtfuls.contains(type) || type.hasPrefix("fuse.") {
      self = .doubtful(type)
    } else {
      self = .local
    }
  }

  private static let networks: Set<String> = [
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "lustre", "gpfs",
    "beegfs", "davfs", "fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.s3fs", "fuse.glusterfs",
    "fuse.ceph-fuse", "fuse.smbnetfs",
  ]

  private static let doubtfuls: Set<String> = ["fuse", "9p", "virtiofs", "vboxsf", "drvfs"]
}

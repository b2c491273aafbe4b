/// The file of a release, from its staging folder to its final name.
package struct ReleaseFile: Hashable, Sendable {
  /// Its final name, relative to the outbox; no other release ever has it, in whatever case.
  package var name: String
  /// Its folder and its temporary file, as whoever staged it wrote them down.
  package var folder: String
  package var temporary: String
  /// The marker that follows the file, as whoever staged it wrote it down; nothing without one.
  package var marker: String?
  /// Of the staging folder: another one under the same path means another disk.
  package var device: UInt64
  package var inode: UInt64
  /// The boot of the machine in which it was staged; another one now means a restart between.
  package var bootId: String?
  /// In bytes.
  package var size: Int64
  /// Of the content, SHA-256 in hex.
  package var digest: String

  package init(
    name: String, folder: String, temporary: String, marker: String? = nil, device: UInt64,
    inode: UInt64, bootId: String? = nil, size: Int64, digest: String
  ) {
    self.name = name
    self.folder = folder
    self.temporary = temporary
    self.marker = marker
    self.device = device
    self.inode = inode
    self.bootId = bootId
    self.size = size
    self.digest = digest
  }
}

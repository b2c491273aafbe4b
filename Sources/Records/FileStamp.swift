/// What the file system says of a file's content without reading it.
///
/// Two equal stamps mean the same content, unless the later change is about as young as the first
/// look. Copying tools set the modification time as they like; the change time is the kernel's.
package struct FileStamp: Hashable, Sendable {
  /// In bytes.
  package var size: Int64
  /// When the content was last modified, in nanoseconds since 1970; tools can set it.
  package var modified: Int64
  /// When content or attributes last changed, in nanoseconds since 1970; only the kernel sets it.
  package var changed: Int64
  package var inode: UInt64
  package var device: UInt64

  package init(size: Int64, modified: Int64, changed: Int64, inode: UInt64, device: UInt64) {
    self.size = size
    self.modified = modified
    self.changed = changed
    self.inode = inode
    self.device = device
  }
}

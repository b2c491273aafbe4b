package import Records

/// What a run saw of a file that it did not take, for the next run to compare with.
package struct FileLook: Hashable, Sendable {
  package var stamp: FileStamp
  /// SHA-256 of the content in hex, where it was read.
  package var digest: String?

  package init(stamp: FileStamp, digest: String? = nil) {
    self.stamp = stamp
    self.digest = digest
  }
}

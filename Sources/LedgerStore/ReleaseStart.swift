/// A staged file that asks to become a release's file.
package struct ReleaseStart: Hashable, Sendable {
  /// The release's id.
  package var release: Int64
  package var file: ReleaseFile

  package init(release: Int64, file: ReleaseFile) {
    self.release = release
    self.file = file
  }
}

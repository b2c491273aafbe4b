package import Records

/// A file that the POS is to get.
package struct OutboxFile: Hashable, Sendable {
  /// Relative to the outbox, of safe parts (``SafeName``).
  package var name: String
  /// The folders at the beginning of ``name`` that must be there; those below are made as they are
  /// needed. Empty: the outbox itself.
  package var fixedFolder: String
  package var bytes: [UInt8]
  /// What is put behind the name for an empty file that comes after this one, such as `.done`,
  /// where the POS waits for it.
  package var marker: String?

  package init(name: String, fixedFolder: String, bytes: [UInt8], marker: String? = nil) {
    self.name = name
    self.fixedFolder = fixedFolder
    self.bytes = bytes
    self.marker = marker
  }

  /// A file at the place that a mapping gives it.
  package init(path: [OrderSheet.PathPart], bytes: [UInt8], marker: String? = nil) {
    self.init(
      name: SafeName.path(path), fixedFolder: SafeName.fixedFolder(path), bytes: bytes,
      marker: marker)
  }
}

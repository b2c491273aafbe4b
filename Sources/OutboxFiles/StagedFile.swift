import DurableFiles

/// A file that waits, whole, in the staging folder of the folder that it is going to.
///
/// The ledger keeps all of it, so that anybody can go on after a crash.
package struct StagedFile: Hashable, Sendable {
  /// The folder that the file is going to, relative to the outbox; empty: the outbox itself.
  package let folder: String
  /// What it is called until then, and all that must be known of it:
  /// `a1b2c3d4e5f60718/0f1e2d3c4b5a6978.done` is the folder below `.staging`, the file, and what
  /// is put behind the name for its marker.
  package let temporary: String
  /// The device and inode of the folder that holds it, which say later whether it is still the
  /// same folder.
  package let device: UInt64
  package let inode: UInt64

  /// - Parameter name: the final one, relative to the outbox; only its folder counts.
  package init(name: String, temporary: String, device: UInt64, inode: UInt64) {
    let folder = FilePath.split(name).folder
    self.folder = folder == "." ? "" : folder
    self.temporary = temporary
    self.device = device
    self.inode = inode
  }

  /// What is put behind the final name for an empty file that comes after this one.
  package var marker: String? {
    let marker = file.dropFirst(StagingFolder.nameLength)
    return marker.isEmpty ? nil : String(marker)
  }

  /// Whether ``temporary`` is what staging made; anything else names no file of ours.
  var isSound: Bool {
    let id = String(file.prefix(StagingFolder.nameLength))
    return StagingFolder.isRandom(home) && StagingFolder.isRandom(id)
      && marker.map(SafeName.isEnding) ?? true
  }

  /// The folder below `.staging` that holds it.
  var home: String { String(temporary.prefix { $0 != "/" }) }

  /// The name of the waiting file.
  var fileName: String { "\(file.prefix(StagingFolder.nameLength))\(StagingFolder.ending)" }

  /// The name of the waiting marker.
  var markerName: String {
    "\(file.prefix(StagingFolder.nameLength)).marker\(StagingFolder.ending)"
  }

  private var file: Substring { temporary.dropFirst(home.utf8.count + 1) }
}

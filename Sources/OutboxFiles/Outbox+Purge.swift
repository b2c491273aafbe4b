package import Digests
import DurableFiles
import Glibc
package import Records

extension Outbox {
  /// What became of a file whose content must not be kept any longer.
  package enum Removal: Hashable, Sendable {
    case removed
    /// The POS has not taken it; nothing was done.
    case left
    /// The POS took it long ago.
    case gone
    /// The folder that it was written to is not there: nobody can know.
    case away
    /// Another file has the name by now.
    case isAnother
  }

  /// Removes a released file that the POS never took, unless another file has its name by now.
  ///
  /// - Parameters:
  ///   - size: in bytes, where it is known; it saves reading another file.
  ///   - digest: SHA-256 of the content.
  ///   - marker: what was put behind the name for its marker, which goes too where it is empty.
  ///   - temporary: the file's ``StagedFile/temporary``. Its random folder is there as long as the
  ///     disk or share is, also where that has another number since.
  ///   - onlyLooks: whether the file is to be left.
  package func remove(
    _ name: String, size: Int64? = nil, digest: Digest, marker: String? = nil, temporary: String,
    onlyLooks: Bool = false
  ) throws(Problem) -> Removal {
    do {
      guard let status = try FileStatus.of(path(of: name)) else {
        return isHome(of: temporary, beside: path(of: name)) ? .gone : .away
      }
      guard status.isRegular, size == nil || status.stamp.size == size,
        try isSame(path(of: name), status, digest)
      else { return .isAnother }
      if onlyLooks { return .left }
      if let marker { try removeMarker(path(of: name + marker)) }
      try DurableFile.remove(path(of: name))
      try DurableFile.syncFolder(path(of: name).folder)
      return .removed
    } catch {
      if error.isMissing { return .away }
      throw error.problem
    }
  }

  private func isHome(of temporary: String, beside file: FilePath) -> Bool {
    let home = temporary.prefix { $0 != "/" }
    return !isMissing(file.folder.appending(StagingFolder.parent).appending(String(home)))
  }

  /// Whether the file of that name has this content, and had it from the first look on.
  private func isSame(
    _ file: FilePath, _ status: FileStatus, _ digest: Digest
  ) throws(FileFault) -> Bool {
    let open = try OpenFile(reading: file)
    guard try open.status().stamp == status.stamp, try open.digest() == digest else { return false }
    return try FileStatus.of(file)?.stamp == status.stamp
  }

  private func removeMarker(_ marker: FilePath) throws(FileFault) {
    guard let status = try FileStatus.of(marker), status.isRegular, status.stamp.size == 0 else {
      return
    }
    try DurableFile.remove(marker)
  }
}

import Digests
import DurableFiles
import Records

/// Copying a file's content while it is digested.
enum FileCopy {
  /// Makes a new file with the content of `source`; a file that stands there is from a run that
  /// was killed, and goes.
  ///
  /// - Parameter isDurable: whether to wait until the copy is on the disk. A copy that can be made
  ///   again from its original need not be.
  /// - Returns: the digest of what was copied.
  static func make(
    of source: borrowing OpenFile, at target: FilePath, isDurable: Bool
  ) throws(FileFault) -> Digest {
    try DurableFile.remove(target)
    let copy = try OpenFile(making: target)
    let stream = DigestStream()
    try source.read { (piece) throws(FileFault) in
      stream.update(piece)
      try copy.write(piece)
    }
    if isDurable { try copy.sync() }
    return stream.finish()
  }
}

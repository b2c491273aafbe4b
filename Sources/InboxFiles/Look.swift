package import Digests
import DurableFiles
package import Records

/// What one look at a file saw.
package struct Look: Hashable, Sendable {
  package let stamp: FileStamp
  /// Of the whole content: times alone never prove that a file is complete.
  package let digest: Digest

  package init(stamp: FileStamp, digest: Digest) {
    self.stamp = stamp
    self.digest = digest
  }

  /// Whether a look of an earlier run saw the same file. Inode and device are left out: on network
  /// shares, where this is asked, they may change from one mount to the next.
  func agrees(withEarlier look: Look) -> Bool {
    digest == look.digest && stamp.size == look.stamp.size
      && stamp.modified == look.stamp.modified
  }
}

/// A look with what the kernel said about writers at its end.
struct Observation {
  let look: Look
  let writers: WritersProbe
  /// The file stayed as it was from the first byte read to the last.
  let isSteady: Bool
  /// The end of the content.
  let tail: [UInt8]

  /// Reads the whole file, unless somebody is writing to it.
  init(of path: FilePath) throws(FileFault) {
    let file = try OpenFile(reading: path)
    let before = try file.status().stamp
    if WritersProbe.of(file) == .somebody {
      self.init(look: Look(stamp: before, digest: .of(.empty)), writers: .somebody)
      return
    }
    let look = Look(stamp: before, digest: try file.digest())
    let tail = try file.tail(LastLine.limit)
    let writers = WritersProbe.of(file)
    let isSteady = try file.status().stamp == before
    self.init(look: look, writers: writers, isSteady: isSteady, tail: tail)
  }

  private init(look: Look, writers: WritersProbe, isSteady: Bool = false, tail: [UInt8] = []) {
    self.look = look
    self.writers = writers
    self.isSteady = isSteady
    self.tail = tail
  }

  /// What is still going on with the file; nothing where it is at rest.
  var growth: Readiness.Growth? {
    if writers == .somebody { return .openForWriting }
    return isSteady ? nil : .changed
  }
}

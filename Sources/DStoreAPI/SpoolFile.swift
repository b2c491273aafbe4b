import CLinux
import Digests
import Glibc
import Records

/// A body that is written once, digested on the way, and taken away again unless it is kept.
///
/// Unchecked: its owner lets one thread at a time use it, and waits before it looks itself.
final class SpoolFile: @unchecked Sendable {
  let path: String
  private(set) var size = 0
  /// What went wrong first; nothing is written after it.
  private(set) var failure: Problem?
  private let stream = SealStream()
  private var descriptor: Int32
  private var isKept = false

  /// Creates the file for its owner alone (mode 0600).
  /// - Throws: where it cannot be created, or something of that name is there already.
  init(path: String) throws(Problem) {
    self.path = path
    descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    if descriptor < 0 {
      isKept = true
      throw BodyFault.unwritable(path, code: errno)
    }
  }

  deinit {
    if descriptor >= 0 { close(descriptor) }
    if !isKept { unlink(path) }
  }

  /// Writes `bytes` at the end; `isProducts` says whether they belong to the list of products.
  func take(_ bytes: Bytes, isProducts: Bool) {
    guard failure == nil else { return }
    stream.take(bytes, isProducts: isProducts)
    var done = 0
    while done < bytes.count {
      let count = write(descriptor, bytes.start + done, bytes.count - done)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else {
        failure = BodyFault.unwritable(path, code: errno)
        return
      }
      done += count
    }
    size += done
    linux_start_writing(descriptor)
  }

  /// Makes the file and its name in the folder durable; from here on it stays.
  /// - Parameter range: where the list of products stands.
  /// - Returns: the seal, and the digest of the list alone.
  func keep(products range: Range<Int>) throws(Problem) -> (seal: BodySeal, products: Digest) {
    if let failure { throw failure }
    guard fsync(descriptor) == 0 else { throw BodyFault.unwritable(path, code: errno) }
    let closed = close(descriptor)
    descriptor = -1
    guard closed == 0 else { throw BodyFault.unwritable(path, code: errno) }
    try syncFolder()
    isKept = true
    return stream.finish(products: range)
  }

  private func syncFolder() throws(Problem) {
    let parent = path.lastIndex(of: "/").map { path[..<$0] } ?? "."
    let folder = open(parent.isEmpty ? "/" : String(parent), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard folder >= 0 else { throw BodyFault.unwritable(path, code: errno) }
    defer { close(folder) }
    guard fsync(folder) == 0 else { throw BodyFault.unwritable(path, code: errno) }
  }
}

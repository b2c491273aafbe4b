import Glibc
import Records

/// A request's file, open for reading. What is signed and what is sent come from one open file,
/// so that a file put in its place meanwhile cannot slip in.
final class BodyFile: Sendable {
  static let blockSize = 256 << 10

  let path: String
  let size: Int
  private let descriptor: Int32

  /// - Throws: where it cannot be read, is no regular file, or has not the recorded size.
  init(path: String, size: Int) throws(Problem) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
    self.path = path
    self.size = size
    guard descriptor >= 0 else { throw BodyFault.unreadable(path, code: errno) }
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw BodyFault.unreadable(path, code: errno) }
    guard found.st_mode & S_IFMT == S_IFREG else {
      throw BodyFault.unreadable(path, code: EINVAL)
    }
    guard Int(found.st_size) == size else {
      throw BodyFault.wrongSize(path, found: Int(found.st_size), recorded: size)
    }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Reads into `room` from `offset`.
  /// - Returns: how many bytes; fewer than fit only at the end of the recorded size.
  /// - Throws: where the file ends before its recorded size.
  func read(
    at offset: Int, into room: UnsafeMutableRawBufferPointer
  ) throws(Problem) -> Int {
    let wanted = min(room.count, size - offset)
    var done = 0
    while done < wanted {
      let count = pread(descriptor, room.baseAddress! + done, wanted - done, off_t(offset + done))
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw BodyFault.unreadable(path, code: errno) }
      guard count > 0 else {
        throw BodyFault.wrongSize(path, found: offset + done, recorded: size)
      }
      done += count
    }
    return done
  }

  /// Hands every block to `take`, in order, and checks the whole against the recorded seal.
  func forEachBlock(
    expecting seal: BodySeal?, _ take: (Bytes) -> Void
  ) throws(Problem) {
    let stream = SealStream()
    let block = ByteOutput(capacity: Self.blockSize)
    var offset = 0
    while offset < size {
      block.removeAll()
      try block.append(room: Self.blockSize) { (room) throws(Problem) in
        try read(at: offset, into: UnsafeMutableRawBufferPointer(room))
      }
      if let seal { stream.take(block.bytes, at: offset, products: seal.products) }
      take(block.bytes)
      offset += block.count
    }
    if let seal, stream.finish(products: seal.products).seal != seal {
      throw BodyFault.wrongDigest(path)
    }
  }
}

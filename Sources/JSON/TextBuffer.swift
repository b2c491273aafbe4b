import Records

#if canImport(Glibc)
  import Glibc
#endif

/// Bytes of a text with a NUL behind them, at which every scan stops.
final class TextBuffer {
  private(set) var start: UnsafeMutablePointer<UInt8>
  private(set) var count = 0
  private var capacity = 0

  /// So many bytes behind the text may be read.
  private static let padding = 16

  init() {
    start = .allocate(capacity: Self.padding)
    start.initialize(repeating: 0, count: Self.padding)
  }

  deinit { start.deallocate() }

  var bytes: Bytes { Bytes(start: start, count: count) }

  func replace(with bytes: Bytes) {
    count = 0
    reserve(bytes.count)
    memmove(start, bytes.start, bytes.count)
    close(at: bytes.count)
  }

  /// Forgets the first `length` bytes; the others move to the front.
  func removeFirst(_ length: Int) {
    memmove(start, start + length, count - length)
    close(at: count - length)
  }

  /// Asks `source` once for up to `length` bytes more.
  ///
  /// - Returns: how many came; 0 at the source's end.
  func read(_ length: Int, from source: any ByteSource) throws(Problem) -> Int {
    reserve(length)
    let room = UnsafeMutableBufferPointer(start: start + count, count: length)
    let came = max(0, min(try source.read(into: room), length))
    close(at: count + came)
    return came
  }

  /// Runs `body` with a NUL in the place of a byte, so that scans stop there.
  func closed<Failure: Error>(
    at index: Int, _ body: () throws(Failure) -> Void
  ) throws(Failure) {
    let byte = start[index]
    start[index] = 0
    defer { start[index] = byte }
    try body()
  }

  private func close(at count: Int) {
    self.count = count
    memset(start + count, 0, Self.padding)
  }

  private func reserve(_ more: Int) {
    guard count + more > capacity else { return }
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity + Self.padding)
    memcpy(larger, start, count)
    start.deallocate()
    start = larger
  }
}

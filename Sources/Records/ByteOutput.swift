#if canImport(Glibc)
  public import Glibc
#endif

/// A growing buffer that is filled, read and emptied again without giving its memory back.
public final class ByteOutput {
  // Unchecked, because no access lasts longer than one load or store, and checking each at run
  // time makes an append six times as slow.
  @exclusivity(unchecked) @usableFromInline var start: UnsafeMutablePointer<UInt8>
  @exclusivity(unchecked) @usableFromInline var capacity: Int
  @exclusivity(unchecked) @usableFromInline var length = 0

  package init(capacity: Int = 256) {
    self.capacity = max(capacity, 16)
    start = .allocate(capacity: self.capacity)
  }

  deinit { start.deallocate() }

  @inlinable package var count: Int { length }

  /// What it holds, valid until the next change.
  @inlinable package var bytes: Bytes { Bytes(start: start, count: count) }

  /// What it holds from `from` on, valid until the next change.
  @inlinable package func bytes(from: Int) -> Bytes { bytes.slice(from, count) }

  @inlinable package func removeAll() { length = 0 }

  /// Forgets everything after the first `count` bytes.
  @inlinable package func truncate(to count: Int) {
    precondition(count <= self.count)
    length = count
  }

  @inlinable package func append(_ byte: UInt8) {
    reserve(1)
    start[count] = byte
    length += 1
  }

  @inlinable package func append(_ bytes: Bytes) {
    reserve(bytes.count)
    ByteOutput.copy(bytes.start, to: start + count, bytes.count)
    length += bytes.count
  }

  /// Texts are mostly short, and for these a call of the C library costs more than the copy: 8 to
  /// 32 bytes go as two words that overlap.
  @inlinable @inline(__always) static func copy(
    _ from: UnsafePointer<UInt8>, to: UnsafeMutablePointer<UInt8>, _ count: Int
  ) {
    switch count {
    case 8...16: copy(from, to: to, count, asTwo: UInt64.self)
    case 17...32: copy(from, to: to, count, asTwo: SIMD2<UInt64>.self)
    default: memcpy(to, from, count)
    }
  }

  @inlinable @inline(__always) static func copy<Word: BitwiseCopyable>(
    _ from: UnsafePointer<UInt8>, to: UnsafeMutablePointer<UInt8>, _ count: Int,
    asTwo word: Word.Type
  ) {
    let (from, to) = (UnsafeRawPointer(from), UnsafeMutableRawPointer(to))
    let last = count &- MemoryLayout<Word>.size
    let (head, tail) = (
      from.loadUnaligned(as: word), from.loadUnaligned(fromByteOffset: last, as: word)
    )
    to.storeBytes(of: head, as: word)
    to.storeBytes(of: tail, toByteOffset: last, as: word)
  }

  @inlinable package func append(_ text: StaticString) { append(Bytes(text)) }

  @inlinable package func append(_ array: [UInt8]) {
    array.withUnsafeBufferPointer { append(Bytes($0)) }
  }

  package func append(text: String) {
    var text = text
    text.withUTF8 { append(Bytes($0)) }
  }

  /// Lets `fill` write up to `room` bytes behind what is there; it gives back how many it wrote.
  @inlinable package func append<Failure: Error>(
    room: Int, _ fill: (UnsafeMutableBufferPointer<UInt8>) throws(Failure) -> Int
  ) throws(Failure) {
    reserve(room)
    let written = try fill(UnsafeMutableBufferPointer(start: start + count, count: room))
    precondition(written >= 0 && written <= room)
    length += written
  }

  @inlinable func reserve(_ more: Int) {
    if count + more > capacity { grow(by: more) }
  }

  @inline(never) @usableFromInline func grow(by more: Int) {
    capacity = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: capacity)
    memcpy(larger, start, count)
    start.deallocate()
    start = larger
  }
}

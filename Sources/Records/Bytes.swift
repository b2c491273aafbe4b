#if canImport(Glibc)
  public import Glibc
#endif

/// A view of bytes that somebody else owns.
///
/// It is valid only until its owner moves on: a reader's next record, an output's next append.
/// Whoever wants to keep bytes copies them with ``array`` or ``text``. Rows travel as such views
/// because an owned value for each cell costs more than everything else that is done to it.
///
/// It is public, as ``ByteOutput`` and ``Row`` are, for the optimizer alone: functions of a type
/// that is not are never inlined into other modules.
@frozen public struct Bytes: @unchecked Sendable {
  public let start: UnsafePointer<UInt8>
  public let count: Int

  @inlinable package init(start: UnsafePointer<UInt8>, count: Int) {
    self.start = start
    self.count = count
  }

  /// A view of a whole buffer; an empty buffer gives ``empty``.
  @inlinable package init(_ buffer: UnsafeBufferPointer<UInt8>) {
    if let base = buffer.baseAddress {
      self.init(start: base, count: buffer.count)
    } else {
      self = .empty
    }
  }

  /// Text that lives as long as the program.
  @inlinable package init(_ text: StaticString) {
    self.init(start: text.utf8Start, count: text.utf8CodeUnitCount)
  }

  @inlinable package static var empty: Bytes { Bytes("") }

  @inlinable package var isEmpty: Bool { count == 0 }

  @inlinable package subscript(index: Int) -> UInt8 {
    assert(index >= 0 && index < count)
    return start[index]
  }

  /// The bytes from `from` up to, not including, `to`.
  @inlinable package func slice(_ from: Int, _ to: Int) -> Bytes {
    assert(0 <= from && from <= to && to <= count)
    return Bytes(start: start + from, count: to - from)
  }

  /// Without the ASCII white space at both ends.
  @inlinable package var trimmed: Bytes {
    let isTrimmed = count > 0 && !start[0].isSpace && !start[count - 1].isSpace
    return isTrimmed ? self : withoutOuterSpaces
  }

  @usableFromInline var withoutOuterSpaces: Bytes {
    var from = 0
    var to = count
    while from < to, start[from].isSpace { from += 1 }
    while to > from, start[to - 1].isSpace { to -= 1 }
    return Bytes(start: start + from, count: to - from)
  }

  /// A copy that nobody else can change.
  package var array: [UInt8] { [UInt8](buffer) }

  /// A copy as text; what is not UTF-8 becomes U+FFFD.
  package var text: String { String(decoding: buffer, as: UTF8.self) }

  @inlinable package var buffer: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: start, count: count)
  }

  /// The place of the first `byte`, or nothing.
  @inlinable package func firstIndex(of byte: UInt8) -> Int? {
    guard let found = memchr(start, Int32(byte), count) else { return nil }
    return UnsafeRawPointer(found) - UnsafeRawPointer(start)
  }

  /// Runs `body` with a view of the text's UTF-8.
  package static func withBytes<Result, Failure: Error>(
    of text: String, _ body: (Bytes) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withBytes(of: [UInt8](text.utf8), body)
  }

  /// Runs `body` with a view of the array.
  package static func withBytes<Result, Failure: Error>(
    of array: [UInt8], _ body: (Bytes) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let result = array.withUnsafeBufferPointer { buffer in
      Swift.Result { () throws(Failure) in try body(Bytes(buffer)) }
    }
    return try result.get()
  }
}

extension Bytes: Equatable {
  @inlinable public static func == (left: Bytes, right: Bytes) -> Bool {
    guard left.count == right.count else { return false }
    // Words are mostly short, and for these a call of the C library costs more.
    if left.count > 12 { return memcmp(left.start, right.start, left.count) == 0 }
    for index in 0..<left.count where left.start[index] != right.start[index] { return false }
    return true
  }

  package static func == (left: Bytes, right: String) -> Bool {
    withBytes(of: right) { left == $0 }
  }
}

extension UInt8 {
  /// Space, tab, line feed, vertical tab, form feed, carriage return.
  @inlinable package var isSpace: Bool { self == 0x20 || (self >= 0x09 && self <= 0x0D) }

  @inlinable package var isDigit: Bool { self &- 0x30 < 10 }
}

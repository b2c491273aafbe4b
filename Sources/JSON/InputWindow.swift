import Records

/// The part of a source that is in memory: from what is being read to what came last.
final class InputWindow {
  let buffer = TextBuffer()
  /// The index in the buffer of the first byte that isn't used up; the bytes from here on stay.
  var position = 0
  private(set) var isAtEnd = false
  private(set) var bytesRead = 0
  private let source: any ByteSource
  private let blockSize: Int
  /// How many bytes of the source stand before the buffer.
  private var discarded = 0
  private var counter = LineCounter()
  /// How much of the buffer is counted.
  private var counted = 0

  init(source: any ByteSource, blockSize: Int) {
    self.source = source
    self.blockSize = max(1, blockSize)
  }

  /// How many bytes are there that aren't used up.
  var available: Int { buffer.count - position }

  /// Reads on, at least half as much as is kept, so that looking again at what is there costs no
  /// more than a fixed share of the whole.
  ///
  /// - Returns: by how much the kept bytes moved to the front.
  func fill() throws(JSONFault) -> Int {
    let moved = position
    discard()
    let wanted = buffer.count + max(1, buffer.count / 2)
    while !isAtEnd, buffer.count < wanted {
      let came: Int
      do {
        came = try buffer.read(blockSize, from: source)
      } catch {
        throw JSONFault(
          offset: discarded + buffer.count, at: place(at: buffer.count), error.message,
          cause: error)
      }
      bytesRead += came
      isAtEnd = came == 0
    }
    return moved
  }

  /// The next byte after white space, at `position`; nothing at the source's end.
  func peek() throws(JSONFault) -> UInt8? {
    while true {
      let text = ParserText(start: buffer.start, count: buffer.count, isWhole: isAtEnd)
      position = text.skippingSpace(position)
      if position < buffer.count { return buffer.start[position] }
      if isAtEnd { return nil }
      _ = try fill()
    }
  }

  /// The line of the byte at an index of the buffer that isn't behind `position`, nor before the
  /// last one asked for.
  func line(at index: Int) -> Int {
    count(to: min(index, position))
    return counter.line
  }

  func fault(at index: Int, _ message: String) -> JSONFault {
    JSONFault(offset: discarded + index, at: place(at: index), message)
  }

  /// The fault for a parser that stopped in the text from `start` to `end`.
  func fault(_ stop: ParserStop, from start: Int, to end: Int) -> JSONFault {
    let (offset, message, isTruncated) = stop.description(count: end - start)
    let index = start + offset
    return JSONFault(
      offset: discarded + index, at: place(at: index), message,
      isTruncated: isTruncated && isAtEnd && end == buffer.count)
  }

  /// Skips the byte order mark at the source's start.
  func skipByteOrderMark() throws(JSONFault) {
    while buffer.count < 3, !isAtEnd { _ = try fill() }
    position = byteOrderMarkLength(buffer.bytes)
    counted = position
  }

  /// The index of the line feed that ends the line at `position`, or the source's end.
  ///
  /// - Parameter limit: so long may a line be.
  func lineEnd(limit: Int) throws(JSONFault) -> Int {
    var scanned = 0
    while true {
      let rest = buffer.bytes.slice(position + scanned, buffer.count)
      if let lineFeed = rest.firstIndex(of: 0x0A) { return position + scanned + lineFeed }
      scanned = available
      if isAtEnd || scanned > limit { return buffer.count }
      _ = try fill()
    }
  }

  private func discard() {
    count(to: position)
    buffer.removeFirst(position)
    discarded += position
    counted = 0
    position = 0
  }

  private func place(at index: Int) -> LineCounter {
    count(to: min(index, position))
    var place = counter
    if index > counted { place.pass(buffer.bytes.slice(counted, index)) }
    return place
  }

  private func count(to index: Int) {
    guard index > counted else { return }
    counter.pass(buffer.bytes.slice(counted, index))
    counted = index
  }
}

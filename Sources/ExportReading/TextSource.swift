package import Records

/// A text file as UTF-8 without a byte order mark, whatever it is written in.
///
/// A byte order mark, UTF-8 and UTF-16 are recognised; any other encoding has to be stated. A byte
/// order mark is stronger than a statement. What is taken for UTF-8 is handed on as it stands,
/// unchecked.
package final class TextSource: ByteSource {
  package let encoding: TextEncoding
  package let hasMark: Bool

  private static let headSize = 4096
  private let text: any ByteSource

  /// Opens a file.
  ///
  /// - Parameters:
  ///   - name: the path as the user knows it, for messages.
  ///   - stated: the encoding that the mapping states.
  /// - Throws: a file that cannot be read, is no regular one or plainly no text; an unknown
  ///   encoding. Reading it throws at a byte that does not belong to a stated encoding.
  package convenience init(path: String, name: String, stated: String? = nil) throws(Problem) {
    try self.init(try FileSource(path: path, name: name), name: name, stated: stated)
  }

  /// - Parameter raw: the file's bytes.
  package init(_ raw: any ByteSource, name: String, stated: String?) throws(Problem) {
    let head = ByteOutput(capacity: Self.headSize)
    while head.count < Self.headSize {
      let before = head.count
      try head.append(room: Self.headSize - before) { room throws(Problem) in
        try raw.read(into: room)
      }
      if head.count == before { break }
    }
    let mark = TextEncoding.marked(in: head.bytes)
    if mark == nil, let problem = FileKind.problem(head: head.bytes, file: name) { throw problem }
    hasMark = mark != nil
    encoding =
      mark?.encoding ?? stated.map(TextEncoding.init(stated:))
      ?? TextEncoding.unmarkedUTF16(in: head.bytes) ?? .utf8
    let whole = HeadedSource(head.bytes(from: mark?.length ?? 0).array, raw)
    if encoding == .utf8 {
      text = whole
    } else {
      text = try DecodingSource(
        whole, from: encoding.name, name: name, offset: mark?.length ?? 0)
    }
  }

  package func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    try text.read(into: buffer)
  }
}

/// A source whose first bytes have been read already.
private final class HeadedSource: ByteSource {
  private let head: MemorySource
  private let rest: any ByteSource

  init(_ head: [UInt8], _ rest: any ByteSource) {
    self.head = MemorySource(head)
    self.rest = rest
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    let count = head.read(into: buffer)
    return count > 0 ? count : try rest.read(into: buffer)
  }
}

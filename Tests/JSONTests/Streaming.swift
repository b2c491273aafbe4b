import JSON
import Records

/// Every element as it stands, with its key where it has one.
@discardableResult func all(of reader: JSONListReader) throws(JSONFault) -> [String] {
  var elements: [String] = []
  while let value = try reader.next() {
    elements.append((reader.key.isEmpty ? "" : reader.key.text + "=") + value.raw.text)
  }
  return elements
}

/// The elements of a text that is a list, parsed as a whole; nothing where it is refused.
func parsedWhole(_ text: [UInt8]) -> [String]? {
  guard let root = try? document(text).root, root.kind == .array else { return nil }
  return root.elements.map { rewritten($0) }
}

/// The same, but streamed from blocks.
func streamed(_ text: [UInt8], block: Int) -> [String]? {
  let reader = JSONListReader(source: ArraySource(text), blockSize: block)
  var elements: [String] = []
  do throws(JSONFault) {
    while let value = try reader.next() { elements.append(rewritten(value)) }
    return elements
  } catch {
    return nil
  }
}

/// A list of one element many times over, and null at the end.
final class RepeatingSource: ByteSource {
  private(set) var given = 0
  private let element: [UInt8]
  private var left: Int
  private var pending: [UInt8] = [0x5B]

  init(element: String, count: Int) {
    self.element = Array(element.utf8)
    left = count
  }

  func read(into buffer: UnsafeMutableBufferPointer<UInt8>) throws(Problem) -> Int {
    while pending.count < buffer.count, left > 0 {
      left -= 1
      pending += left == 0 ? element + Array("null]".utf8) : element
    }
    let part = pending.prefix(buffer.count)
    _ = buffer.update(fromContentsOf: part)
    pending.removeFirst(part.count)
    given += part.count
    return part.count
  }
}

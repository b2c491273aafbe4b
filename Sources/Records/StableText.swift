/// Text that is kept as bytes, so that views of it hold as long as it does.
package final class StableText {
  package let bytes: Bytes

  package init(_ text: String) {
    var text = text
    bytes = text.withUTF8 { utf8 in
      let copy = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, utf8.count))
      _ = UnsafeMutableBufferPointer(start: copy, count: utf8.count).initialize(from: utf8)
      return Bytes(start: copy, count: utf8.count)
    }
  }

  deinit { UnsafeMutablePointer(mutating: bytes.start).deallocate() }
}

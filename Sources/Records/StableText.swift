/// Text that is kept as bytes, so that views of it hold as long as it does.
package final class StableText {
  private let output: ByteOutput

  package init(_ text: String) {
    output = ByteOutput(capacity: text.utf8.count)
    output.append(text: text)
  }

  package var bytes: Bytes { output.bytes }
}

/// 64 bytes of a text on a pass over the whole of it.
struct SurveyChunk {
  let bytes: ByteChunk
  /// Where the chunk begins in the text.
  let offset: Int
  /// Marks line feeds and carriage returns.
  let breaks: UInt64
  /// Marks the bytes that end a line; of a pair, the first one.
  let lineEnds: UInt64
  /// How many lines have ended before the chunk.
  let linesBefore: Int

  /// The line, from 1, of the byte at `index`.
  func line(at index: Int) -> Int {
    linesBefore + lineEnds.below(index).nonzeroBitCount + 1
  }
}

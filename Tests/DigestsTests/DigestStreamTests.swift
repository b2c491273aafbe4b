import Digests
import Records
import Testing

struct DigestStreamTests {
  @Test("a million letters in pieces give the published digest", arguments: [1, 63, 64, 4096])
  func pieces(size: Int) {
    let stream = DigestStream()
    let letters = [UInt8](repeating: 0x61, count: size)
    var left = 1_000_000
    Bytes.withBytes(of: letters) { piece in
      while left > 0 {
        stream.update(piece.slice(0, min(size, left)))
        left -= min(size, left)
      }
    }
    #expect(
      stream.finish().hex == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0")
  }

  @Test("a finished stream is empty and can be used again")
  func reuse() {
    let stream = DigestStream()
    stream.update(Bytes("abc"))
    #expect(stream.finish() == Digest.of(Bytes("abc")))
    #expect(stream.finish() == Digest.of(.empty))
    stream.update(Bytes("a"))
    stream.update(.empty)
    stream.update(Bytes("bc"))
    #expect(stream.finish() == Digest.of(Bytes("abc")))
  }
}

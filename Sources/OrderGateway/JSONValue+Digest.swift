import Digests
import JSON
import Records

extension JSONValue {
  /// The digest of the value, white space and the order of keys aside.
  var canonicalDigest: Digest {
    let output = ByteOutput(capacity: raw.count)
    appendCanonical(to: output)
    return Digest.of(output.bytes)
  }
}

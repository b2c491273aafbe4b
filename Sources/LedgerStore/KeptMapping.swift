import Digests
import Records

/// A version of a mapping of orders that could be used, with all that it reads beside itself. The
/// ledger keeps the last one of each, for when its file cannot be used any more.
package struct KeptMapping: Hashable, Sendable {
  /// How many bytes are kept of one mapping at most.
  package static let limit = 8 << 20

  /// The file's name without `.yaml`.
  package let name: String
  /// What the file held; `nil` where it, with what it reads, is larger than ``limit``.
  package let text: [UInt8]?
  /// What it reads beside itself, by name.
  package let parts: [String: [UInt8]]
  /// Of name, text and parts: equal for equal versions.
  package let digest: String
  /// Since when it is the last one, in milliseconds since 1970; `nil` before it is kept.
  package let since: Int64?

  package init(name: String, text: [UInt8], parts: [String: [UInt8]]) {
    let size = parts.values.reduce(text.count) { $0 + $1.count }
    let isKept = size <= Self.limit
    self.init(
      name: name, text: isKept ? text : nil, parts: isKept ? parts : [:],
      digest: Self.digest(of: name, text, parts), since: nil)
  }

  init(name: String, text: [UInt8]?, parts: [String: [UInt8]], digest: String, since: Int64?) {
    self.name = name
    self.text = text
    self.parts = parts
    self.digest = digest
    self.since = since
  }

  private static func digest(
    of name: String, _ text: [UInt8], _ parts: [String: [UInt8]]
  ) -> String {
    let stream = DigestStream()
    func add(_ name: String, _ bytes: [UInt8]) {
      Bytes.withBytes(of: "\(name) \(bytes.count) ") { stream.update($0) }
      Bytes.withBytes(of: bytes) { stream.update($0) }
    }
    add(name, text)
    for (name, bytes) in parts.sorted(by: { $0.key < $1.key }) { add(name, bytes) }
    return stream.finish().hex
  }
}

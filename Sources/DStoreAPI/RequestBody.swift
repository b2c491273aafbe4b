package import Digests

/// The exact bytes of a request, in memory or on disk.
package enum RequestBody: Sendable {
  case bytes([UInt8])
  /// A file with the size and the SHA-256 that were recorded when it was written. It is read in
  /// blocks, and is not sent where it is no longer what was recorded.
  case file(path: String, size: Int, digest: Digest?)

  /// A written body, as recorded.
  package static func spooled(_ body: SyncBody) -> RequestBody {
    .file(path: body.path, size: body.size, digest: body.digest)
  }

  package var size: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .file(_, let size, _): size
    }
  }
}

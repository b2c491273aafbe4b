/// The exact bytes of a request, in memory or on disk.
package enum RequestBody: Sendable {
  case bytes([UInt8])
  /// A file with the size and the seal that were recorded when it was written. It is read in
  /// blocks, and is not sent where it is no longer what was recorded.
  case file(path: String, size: Int, seal: BodySeal?)

  /// A written body, as recorded.
  package static func spooled(_ body: SyncBody) -> RequestBody {
    .file(path: body.path, size: body.size, seal: body.seal)
  }

  package var size: Int {
    switch self {
    case .bytes(let bytes): bytes.count
    case .file(_, let size, _): size
    }
  }
}

import COpenSSL
package import Records

/// SHA-256 over bytes that come in pieces; memory does not grow with them.
package final class DigestStream {
  /// Fetched once: to look the algorithm up costs more than to digest a short text.
  nonisolated(unsafe) static let algorithm = EVP_MD_fetch(nil, "SHA256", nil) ?? EVP_sha256()

  /// OpenSSL can refuse only where its own configuration has no SHA-256; to go on with a wrong
  /// digest would be worse than to end.
  static let isUnavailable = "OpenSSL offers no SHA-256: check openssl.cnf and OPENSSL_CONF"

  private let context: OpaquePointer?

  package init() {
    context = EVP_MD_CTX_new()
    begin()
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes the next piece.
  package func update(_ bytes: Bytes) {
    precondition(
      EVP_DigestUpdate(context, bytes.start, bytes.count) == 1, Self.isUnavailable)
  }

  /// The digest of everything taken so far. The stream is empty afterwards and can be used again.
  package func finish() -> Digest {
    var words = SIMD4<UInt64>()
    let done = withUnsafeMutableBytes(of: &words) { room in
      EVP_DigestFinal_ex(context, room.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
    }
    precondition(done == 1, Self.isUnavailable)
    begin()
    return Digest(buffer: words)
  }

  private func begin() {
    precondition(EVP_DigestInit_ex2(context, Self.algorithm, nil) == 1, Self.isUnavailable)
  }
}

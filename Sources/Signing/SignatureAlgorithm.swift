import COpenSSL

/// RSASSA-PKCS1-v1_5 with SHA-256 (RFC 8017, 8.2), which the headers call RSA256.
enum SignatureAlgorithm {
  /// Fetched once: a look-up for each signature costs more than a short message's digest.
  nonisolated(unsafe) static let digest = EVP_MD_fetch(nil, "SHA256", nil) ?? EVP_sha256()
}

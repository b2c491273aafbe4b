import COpenSSL
import Records

/// Checks what the other side signed.
package struct Verifier: Sendable {
  package let key: PublicKey

  package init(key: PublicKey) { self.key = key }

  /// Checks a signature over the bytes exactly as they arrived.
  ///
  /// - Parameters:
  ///   - body: the raw body; nothing may have parsed or rewritten it.
  ///   - header: the value of the `Signature` header; nothing where there was none.
  /// - Returns: the body as proven; there is no other way to one.
  package func verify(
    _ exchange: Exchange, body: [UInt8], signature header: String?
  ) throws(SignatureRefusal) -> VerifiedBody {
    guard let header, !header.isEmpty else {
      throw SignatureRefusal(.missingHeader, "the message carries no signature")
    }
    let read = try SignatureHeader(reading: header)
    if let fault = exchange.fault {
      throw SignatureRefusal(.unsuitable, "the message cannot have been signed: \(fault)")
    }
    guard matches(head: exchange.head, body: body, signature: read.signature) else {
      let version = read.keyVersion.map { " (key version \($0))" } ?? ""
      throw SignatureRefusal(
        .noMatch, "the signature\(version) does not match the message under the known public key")
    }
    return VerifiedBody(bytes: body, exchange: exchange)
  }

  /// Whether `signature` is one of this key over `head` and `body` together.
  func matches(head: [UInt8], body: [UInt8], signature: [UInt8]) -> Bool {
    OpenSSLErrors.clear()
    defer { OpenSSLErrors.clear() }
    let context = EVP_MD_CTX_new()
    defer { EVP_MD_CTX_free(context) }
    var settings: OpaquePointer?
    return EVP_DigestVerifyInit(
      context, &settings, SignatureAlgorithm.digest, nil, key.handle.key) == 1
      && EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PADDING) == 1
      && EVP_DigestUpdate(context, head, head.count) == 1
      && EVP_DigestUpdate(context, body, body.count) == 1
      && EVP_DigestVerifyFinal(context, signature, signature.count) == 1
  }
}

/// A body whose signature was checked: the proof is the type. It stands beside the verifier
/// because only this file can make one.
package struct VerifiedBody: Sendable {
  /// Exactly as they arrived.
  package let bytes: [UInt8]
  /// What the signature binds the body to.
  package let exchange: Exchange

  fileprivate init(bytes: [UInt8], exchange: Exchange) {
    self.bytes = bytes
    self.exchange = exchange
  }
}

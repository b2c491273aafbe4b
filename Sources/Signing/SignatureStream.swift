import COpenSSL
package import Records

/// A signature over a body that comes in pieces; memory does not grow with the body.
package final class SignatureStream {
  private let context: OpaquePointer?
  private let keyVersion: Int
  private var isSound: Bool

  /// - Parameter head: what is signed in front of the body.
  init(key: KeyHandle, head: [UInt8], keyVersion: Int) {
    OpenSSLErrors.clear()
    self.keyVersion = keyVersion
    context = EVP_MD_CTX_new()
    var settings: OpaquePointer?
    isSound =
      EVP_DigestSignInit(context, &settings, SignatureAlgorithm.digest, nil, key.key) == 1
      && EVP_PKEY_CTX_set_rsa_padding(settings, RSA_PKCS1_PADDING) == 1
    Bytes.withBytes(of: head) { update($0) }
  }

  deinit { EVP_MD_CTX_free(context) }

  /// Takes the body's next piece. What goes wrong is told by ``finish()``.
  package func update(_ bytes: Bytes) {
    isSound = isSound && EVP_DigestUpdate(context, bytes.start, bytes.count) == 1
  }

  /// - Returns: the whole value of the `Signature` header.
  package func finish() throws(Problem) -> String {
    var size = 0
    var signature: [UInt8] = []
    isSound = isSound && EVP_DigestSignFinal(context, nil, &size) == 1
    if isSound {
      signature = [UInt8](repeating: 0, count: size)
      isSound = EVP_DigestSignFinal(context, &signature, &size) == 1
    }
    guard isSound else {
      throw Problem(
        "cannot-sign", "OpenSSL did not sign the message: \(OpenSSLErrors.takeReason())",
        remedy: "Check the private key with `dstore-connector check`.")
    }
    return SignatureHeader(keyVersion: keyVersion, signature: Array(signature.prefix(size))).text
  }
}

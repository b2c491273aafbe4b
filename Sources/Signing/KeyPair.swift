package import Records

/// A new RSA-2048 pair, as D-Store's guide has it made with `openssl genrsa 2048`,
/// `openssl pkcs8 -topk8 -nocrypt` and `openssl rsa -pubout`.
package struct KeyPair: Sendable {
  package let privateKey: PrivateKey

  package static func generate() throws(Problem) -> KeyPair {
    guard let handle = KeyHandle.generate() else {
      throw Problem(
        "key-generation", "OpenSSL could not make a key pair: \(OpenSSLErrors.takeReason())",
        remedy: "Check that `openssl genrsa 2048` works on this machine.")
    }
    return KeyPair(privateKey: PrivateKey(handle: handle))
  }

  /// PKCS#8, not encrypted: a secret.
  package var privatePEM: String { privateKey.pem }

  package var publicKey: PublicKey { privateKey.publicKey }

  /// SubjectPublicKeyInfo.
  package var publicPEM: String { publicKey.pem }

  /// SubjectPublicKeyInfo on one line: what the solution architect is given.
  package var publicBase64Line: String { publicKey.base64Line }
}

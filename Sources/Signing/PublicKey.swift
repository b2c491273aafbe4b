import COpenSSL
package import Records

/// An RSA public key of at least 2048 bits, ready to check signatures with.
package struct PublicKey: Sendable, Equatable {
  let handle: KeyHandle

  /// - Parameters:
  ///   - text: PEM or Base64 (on one line or more) of a SubjectPublicKeyInfo or a PKCS#1 key.
  ///   - origin: where the text came from, for the problem's place.
  /// - Throws: what is wrong with it, in a sentence of its own for each cause.
  package init(text: String, origin: String) throws(Problem) {
    do throws(KeyFault) {
      let encoded = try EncodedKey(text: text, role: .publicKey)
      guard encoded.shape == .publicKeyInfo || encoded.shape == .pkcs1Public else {
        throw .otherHalf
      }
      handle = try KeyHandle.load(encoded)
    } catch {
      throw error.problem(.publicKey, origin: origin)
    }
  }

  init(handle: KeyHandle) { self.handle = handle }

  /// SubjectPublicKeyInfo as one line of Base64: what the solution architect is given.
  package var base64Line: String { Base64.text(of: handle.publicDER) }

  /// SubjectPublicKeyInfo as `openssl rsa -pubout` writes it.
  package var pem: String { PEMBlock.text(label: "PUBLIC KEY", der: handle.publicDER) }

  package static func == (left: PublicKey, right: PublicKey) -> Bool {
    defer { OpenSSLErrors.clear() }
    return EVP_PKEY_eq(left.handle.key, right.handle.key) == 1
  }
}

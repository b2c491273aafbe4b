package import Records

/// An RSA private key of at least 2048 bits, ready to sign with.
package struct PrivateKey: Sendable {
  let handle: KeyHandle

  /// - Parameters:
  ///   - text: PEM or Base64 (on one line or more) of a PKCS#8 or PKCS#1 key, not encrypted.
  ///   - origin: where the text came from, for the problem's place.
  /// - Throws: what is wrong with it, in a sentence of its own for each cause. The key's text is
  ///   in none of them.
  package init(text: String, origin: String) throws(Problem) {
    do throws(KeyFault) {
      let encoded = try EncodedKey(text: text, role: .privateKey)
      guard encoded.shape == .pkcs8 || encoded.shape == .pkcs1Private else { throw .otherHalf }
      handle = try KeyHandle.load(encoded)
      guard isConsistent else { throw .inconsistent }
    } catch {
      throw error.problem(.privateKey, origin: origin)
    }
  }

  init(handle: KeyHandle) { self.handle = handle }

  /// The half that may be handed out.
  package var publicKey: PublicKey { PublicKey(handle: handle) }

  /// PKCS#8 as `openssl pkcs8 -topk8 -nocrypt` writes it: a secret.
  package var pem: String { PEMBlock.text(label: "PRIVATE KEY", der: handle.privateDER) }

  /// A mistyped letter of the Base64 can give a key that OpenSSL loads and whose signatures nobody
  /// accepts. One signature shows it in 0.3 ms; a proof of the primes would take fifty times that.
  private var isConsistent: Bool {
    let probe = Exchange(path: "/", clientId: "probe", time: "0")
    guard let header = try? Signer(key: self, clientId: "probe").sign(probe, body: .empty) else {
      return false
    }
    return (try? Verifier(key: publicKey).verify(probe, body: [], signature: header)) != nil
  }
}

import COpenSSL

/// Whether a key is strong enough to prove who a server is.
package enum KeyStrength {
  private static let minimumBits = ["RSA": 2048, "EC": 256]

  /// Why a key is too weak, a clause such as `is RSA of 1024 bits`; `nil` if it is strong enough.
  ///
  /// - Parameter info: its SubjectPublicKeyInfo, in DER.
  package static func weakness(ofPublicKey info: [UInt8]) -> String? {
    OpenSSLErrors.clear()
    defer { OpenSSLErrors.clear() }
    let key = info.withUnsafeBufferPointer { bytes in
      var next = bytes.baseAddress
      return d2i_PUBKEY(nil, &next, bytes.count)
    }
    guard let key else { return "cannot be read" }
    defer { EVP_PKEY_free(key) }
    let bits = Int(EVP_PKEY_get_bits(key))
    for (kind, minimum) in minimumBits where EVP_PKEY_is_a(key, kind) == 1 {
      return bits < minimum ? "is \(kind) of \(bits) bits" : nil
    }
    return "is of another kind"
  }
}

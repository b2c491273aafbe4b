import COpenSSL

/// An RSA key that OpenSSL holds, loaded once (that takes longer than a signature's check) and
/// freed with its last user.
///
/// `@unchecked Sendable`: an EVP_PKEY counts its users atomically and is never changed after
/// loading; each signature has a context of its own.
final class KeyHandle: @unchecked Sendable {
  /// D-Store's pairs have 2048 bits; NIST SP 800-131A allows no fewer.
  static let minimumBits = 2048

  let key: OpaquePointer

  /// Owns `key` from now on.
  private init(owning key: OpaquePointer) { self.key = key }

  deinit { EVP_PKEY_free(key) }

  /// Reads an encoded key of either half.
  static func load(_ encoded: EncodedKey) throws(KeyFault) -> KeyHandle {
    OpenSSLErrors.clear()
    defer { OpenSSLErrors.clear() }
    let (key, used) = encoded.der.withUnsafeBufferPointer { der in
      var next = der.baseAddress
      let key = decode(encoded.shape, &next, der.count)
      return (key, der.baseAddress.flatMap { start in next.map { $0 - start } } ?? 0)
    }
    guard let key else { throw .refused(reason: OpenSSLErrors.takeReason()) }
    let handle = KeyHandle(owning: key)
    guard EVP_PKEY_is_a(key, "RSA") == 1 else { throw .notRSA(name(of: key)) }
    guard used == encoded.der.count else { throw .trailing(encoded.der.count - used) }
    let bits = Int(EVP_PKEY_get_bits(key))
    guard bits >= minimumBits else { throw .tooShort(bits: bits) }
    return handle
  }

  /// A new RSA key of ``minimumBits`` with the exponent 65537, as `openssl genrsa` makes it;
  /// nothing where OpenSSL refuses: its reason is in the queue of errors.
  static func generate() -> KeyHandle? {
    OpenSSLErrors.clear()
    let context = EVP_PKEY_CTX_new_from_name(nil, "RSA", nil)
    defer { EVP_PKEY_CTX_free(context) }
    var key: OpaquePointer?
    guard EVP_PKEY_keygen_init(context) == 1,
      EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(minimumBits)) == 1,
      EVP_PKEY_generate(context, &key) == 1, let key
    else { return nil }
    return KeyHandle(owning: key)
  }

  /// SubjectPublicKeyInfo; empty where OpenSSL refuses.
  var publicDER: [UInt8] {
    Self.encoded { i2d_PUBKEY(key, $0) }
  }

  /// PKCS#8, not encrypted; empty where OpenSSL refuses.
  var privateDER: [UInt8] {
    guard let info = EVP_PKEY2PKCS8(key) else { return [] }
    defer { PKCS8_PRIV_KEY_INFO_free(info) }
    return Self.encoded { i2d_PKCS8_PRIV_KEY_INFO(info, $0) }
  }

  private static func decode(
    _ shape: DERShape, _ next: inout UnsafePointer<UInt8>?, _ count: Int
  ) -> OpaquePointer? {
    switch shape {
    case .pkcs8, .pkcs1Private: d2i_AutoPrivateKey(nil, &next, count)
    case .publicKeyInfo: d2i_PUBKEY(nil, &next, count)
    case .pkcs1Public: d2i_PublicKey(EVP_PKEY_RSA, nil, &next, count)
    default: nil
    }
  }

  /// Calls an `i2d` function twice, as they want it: for the size, then for the bytes.
  private static func encoded(
    _ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>?) -> Int32
  ) -> [UInt8] {
    defer { OpenSSLErrors.clear() }
    let size = Int(encode(nil))
    guard size > 0 else { return [] }
    return [UInt8](unsafeUninitializedCapacity: size) { room, count in
      var next = room.baseAddress
      count = max(0, Int(encode(&next)))
    }
  }

  private static func name(of key: OpaquePointer) -> String {
    EVP_PKEY_get0_type_name(key).map { String(cString: $0) } ?? "unknown"
  }
}

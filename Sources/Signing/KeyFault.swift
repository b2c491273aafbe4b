import Records

/// Why a text is not the key that is wanted. The text itself is never shown: it may be a secret.
enum KeyFault: Error, Equatable {
  case empty
  case encrypted
  case openSSH
  case notBase64
  case cutOff(present: Int, wanted: Int)
  case trailing(Int)
  case notAKey
  case certificate
  case notRSA(String)
  case tooShort(bits: Int)
  case otherHalf
  case refused(reason: String)
  case inconsistent

  /// - Parameter origin: where the text came from, as the user knows it.
  func problem(_ role: KeyRole, origin: String) -> Problem {
    Problem(code, at: Place(file: origin), message(role), remedy: remedy(role))
  }

  private var code: String {
    switch self {
    case .empty: "key-empty"
    case .encrypted: "key-encrypted"
    case .openSSH, .notBase64, .notAKey, .certificate: "key-format"
    case .cutOff, .trailing, .refused, .inconsistent: "key-damaged"
    case .notRSA: "key-not-rsa"
    case .tooShort: "key-too-short"
    case .otherHalf: "key-wrong-half"
    }
  }

  private func message(_ role: KeyRole) -> String {
    switch self {
    case .empty: "the \(role.name) is empty"
    case .encrypted: "the \(role.name) is encrypted, and nobody is there to type its passphrase"
    case .openSSH: "the \(role.name) is in OpenSSH's own format"
    case .notBase64: "the \(role.name) is neither PEM nor whole Base64"
    case .cutOff(let present, let wanted):
      "the \(role.name) is cut off: \(present) of its \(wanted) bytes are there"
    case .trailing(let extra):
      "the \(role.name) is followed by \(extra) bytes that don't belong to it"
    case .notAKey: "the text is Base64, but what it holds is no key"
    case .certificate: "this is a certificate where a \(role.name) belongs"
    case .notRSA(let name): "the \(role.name) is of the kind \(name), not RSA"
    case .tooShort(let bits):
      "the \(role.name) has \(bits) bits; fewer than \(KeyHandle.minimumBits) are not safe"
    case .otherHalf:
      role == .privateKey
        ? "this is a public key where the private key belongs"
        : "this is a private key where a public key belongs"
    case .refused(let reason): "OpenSSL cannot read the \(role.name): \(reason)"
    case .inconsistent: "the private key is damaged: its own public half refuses its signature"
    }
  }

  private func remedy(_ role: KeyRole) -> String {
    switch self {
    case .encrypted:
      """
      Write it without the passphrase, `openssl pkey -in FILE -out NEWFILE`, and protect the new \
      file by its mode, `chmod 600 NEWFILE`.
      """
    case .openSSH: "Turn a copy of it into PEM with `ssh-keygen -p -m PEM -f COPY`."
    case .certificate where role == .publicKey:
      "Take the key out of it with `openssl x509 -in FILE -noout -pubkey`."
    case .certificate: "Give the private key that was made before the certificate was asked for."
    case .otherHalf where role == .publicKey:
      "Give the public key; a private key is never handed out, and nobody hands you theirs."
    default: role == .privateKey ? Self.privateRemedy : Self.publicRemedy
    }
  }

  private static let privateRemedy = """
    Give the whole RSA key, PEM (`-----BEGIN PRIVATE KEY-----` and what follows) or its Base64; \
    `dstore-connector keys` makes a new pair.
    """

  private static let publicRemedy = """
    Copy the whole RSA public key again, as the D-Store solution architect gave it: one line of \
    Base64 that begins with MII, or PEM.
    """
}

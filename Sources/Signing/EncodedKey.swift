import Records

/// A key's DER, taken out of PEM or of bare Base64.
struct EncodedKey {
  let shape: DERShape
  let der: [UInt8]

  /// - Parameters:
  ///   - text: PEM, or Base64 on one or more lines; a byte order mark, CRLF and the two characters
  ///     `\n` of a key that was squeezed into a variable are taken.
  ///   - role: which key is wanted: it chooses among several PEM blocks, and the words.
  init(text: String, role: KeyRole) throws(KeyFault) {
    let bytes = Self.unfolded(text)
    guard !bytes.allSatisfy(\.isSpace) else { throw .empty }
    let blocks = PEMBlock.all(in: bytes)
    if let block = blocks.first(where: { $0.label.hasSuffix(role.label) }) ?? blocks.first {
      guard !block.isEncrypted else { throw .encrypted }
      guard block.label != "OPENSSH PRIVATE KEY" else { throw .openSSH }
      try self.init(base64: block.body)
    } else {
      try self.init(base64: bytes[...])
    }
  }

  private init(base64: ArraySlice<UInt8>) throws(KeyFault) {
    guard let der = Base64.bytes(of: base64.filter { !$0.isSpace }) else { throw .notBase64 }
    self.der = der
    shape = DERShape(der)
    switch shape {
    case .cutOff(let wanted): throw .cutOff(present: der.count, wanted: wanted)
    case .trailing(let extra): throw .trailing(extra)
    case .encrypted: throw .encrypted
    case .curve: throw .notRSA("EC")
    case .certificate: throw .certificate
    case .unknown: throw .notAKey
    case .pkcs8, .pkcs1Private, .pkcs1Public, .publicKeyInfo: break
    }
  }

  /// Without the byte order mark, and with real line ends in place of written ones; the backslash
  /// belongs to neither PEM nor Base64, so nothing else is touched.
  private static func unfolded(_ text: String) -> [UInt8] {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    if rest.starts(with: [0xEF, 0xBB, 0xBF]) { rest = rest.dropFirst(3) }
    while let byte = rest.popFirst() {
      let isWritten = byte == UInt8(ascii: "\\")
      if isWritten, let next = rest.first, next == UInt8(ascii: "n") || next == UInt8(ascii: "r") {
        rest.removeFirst()
        bytes.append(0x0A)
      } else {
        bytes.append(byte)
      }
    }
    return bytes
  }
}

/// Which half of a pair is wanted.
enum KeyRole {
  case privateKey
  case publicKey

  /// The end of the PEM labels that hold one.
  var label: String { self == .privateKey ? "PRIVATE KEY" : "PUBLIC KEY" }

  /// The two words.
  var name: String { self == .privateKey ? "private key" : "public key" }
}

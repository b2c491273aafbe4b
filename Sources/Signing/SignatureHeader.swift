/// The value of the `Signature` header: `algorithm=RSA256, keyVersion=1, signature=…`.
package struct SignatureHeader: Sendable, Equatable {
  /// RSASSA-PKCS1-v1_5 with SHA-256; the only one.
  package static let algorithm = "RSA256"

  /// What the sender calls its key; nothing where the header does not say a number.
  package let keyVersion: Int?
  package let signature: [UInt8]

  package init(keyVersion: Int?, signature: [UInt8]) {
    self.keyVersion = keyVersion
    self.signature = signature
  }

  /// Reads a header: its fields in any order, with or without spaces; the signature is
  /// percent-decoded only where a `%` occurs, and its `+` is never a space.
  package init(reading header: String) throws(SignatureRefusal) {
    var fields: [String: Substring.UTF8View] = [:]
    for part in header.utf8.split(separator: UInt8(ascii: ",")) {
      let pair = part.split(
        separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { continue }
      let name = String(Substring(Self.trimmed(pair[0]))).lowercased()
      guard fields.updateValue(Self.trimmed(pair[1]), forKey: name) == nil else {
        throw SignatureRefusal(.repeatedField, "the signature header names \(name) twice")
      }
    }
    guard let algorithm = fields["algorithm"], let encoded = fields["signature"],
      !encoded.isEmpty
    else { throw Self.missing(fields) }
    guard Substring(algorithm).lowercased() == Self.algorithm.lowercased() else {
      throw SignatureRefusal(.wrongAlgorithm, "the signature's algorithm is not \(Self.algorithm)")
    }
    guard let decoded = Self.percentDecoded(encoded), let bytes = Base64.bytes(of: decoded)
    else { throw SignatureRefusal(.notBase64, "the signature is not Base64") }
    self.init(keyVersion: fields["keyversion"].flatMap { Int(Substring($0)) }, signature: bytes)
  }

  /// As it is sent.
  package var text: String {
    let version = keyVersion.map { "keyVersion=\($0), " } ?? ""
    return "algorithm=\(Self.algorithm), \(version)signature="
      + Self.percentEncoded(Base64.text(of: signature))
  }

  private static func missing(_ fields: [String: Substring.UTF8View]) -> SignatureRefusal {
    let absent = ["algorithm", "signature"].filter { fields[$0]?.isEmpty ?? true }
    return SignatureRefusal(
      .missingField, "the signature header lacks \(absent.joined(separator: " and "))")
  }

  private static func trimmed(_ text: Substring.UTF8View) -> Substring.UTF8View {
    var text = text
    while let first = text.first, first == 0x20 || first == 0x09 { text.removeFirst() }
    while let last = text.last, last == 0x20 || last == 0x09 { text.removeLast() }
    return text
  }

  private static func percentEncoded(_ base64: String) -> String {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(base64.utf8.count + 64)
    for byte in base64.utf8 {
      switch byte {
      case UInt8(ascii: "+"): bytes += "%2B".utf8
      case UInt8(ascii: "/"): bytes += "%2F".utf8
      case UInt8(ascii: "="): bytes += "%3D".utf8
      default: bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Returns: nothing where a `%` is not followed by two hex digits.
  private static func percentDecoded(_ text: Substring.UTF8View) -> [UInt8]? {
    let text = Array(text)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count)
    var index = 0
    while index < text.count {
      if text[index] != UInt8(ascii: "%") {
        bytes.append(text[index])
        index += 1
      } else {
        guard index + 2 < text.count, let high = hexValue(text[index + 1]),
          let low = hexValue(text[index + 2])
        else { return nil }
        bytes.append(high << 4 | low)
        index += 3
      }
    }
    return bytes
  }

  private static func hexValue(_ digit: UInt8) -> UInt8? {
    switch digit {
    case 0x30...0x39: digit - 0x30
    case 0x41...0x46: digit - 0x41 + 10
    case 0x61...0x66: digit - 0x61 + 10
    default: nil
    }
  }
}

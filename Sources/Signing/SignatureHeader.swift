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
    var fields: [String: Substring] = [:]
    for part in header.split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard pair.count == 2 else { continue }
      let name = Self.trimmed(pair[0]).lowercased()
      guard fields.updateValue(Self.trimmed(pair[1]), forKey: name) == nil else {
        throw SignatureRefusal(.repeatedField, "the signature header names \(name) twice")
      }
    }
    guard let algorithm = fields["algorithm"], let encoded = fields["signature"], encoded != ""
    else { throw Self.missing(fields) }
    guard algorithm.lowercased() == Self.algorithm.lowercased() else {
      throw SignatureRefusal(.wrongAlgorithm, "the signature's algorithm is not \(Self.algorithm)")
    }
    guard let decoded = Self.percentDecoded(encoded.utf8), let bytes = Base64.bytes(of: decoded)
    else { throw SignatureRefusal(.notBase64, "the signature is not Base64") }
    self.init(keyVersion: fields["keyversion"].flatMap { Int($0) }, signature: bytes)
  }

  /// As it is sent.
  package var text: String {
    let value = Base64.text(of: signature).map { character in
      switch character {
      case "+": "%2B"
      case "/": "%2F"
      case "=": "%3D"
      default: String(character)
      }
    }
    let version = keyVersion.map { "keyVersion=\($0), " } ?? ""
    return "algorithm=\(Self.algorithm), \(version)signature=\(value.joined())"
  }

  private static func missing(_ fields: [String: Substring]) -> SignatureRefusal {
    let absent = ["algorithm", "signature"].filter { fields[$0, default: ""].isEmpty }
    return SignatureRefusal(
      .missingField, "the signature header lacks \(absent.joined(separator: " and "))")
  }

  private static func trimmed(_ text: Substring) -> Substring {
    let isSpace = { (character: Character) in character == " " || character == "\t" }
    let from = text.drop(while: isSpace)
    return from.dropLast(from.reversed().prefix(while: isSpace).count)
  }

  /// - Returns: nothing where a `%` is not followed by two hex digits.
  private static func percentDecoded(_ text: Substring.UTF8View) -> [UInt8]? {
    var bytes: [UInt8] = []
    var rest = text
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        bytes.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy({ $0 != UInt8(ascii: "+") }),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return nil }
      bytes.append(value)
      rest = rest.dropFirst(2)
    }
    return bytes
  }
}

/// What stands between `-----BEGIN LABEL-----` and `-----END` (RFC 7468).
///
/// Line ends may be of any kind or lost, as they are when a key travelled through an environment
/// variable.
struct PEMBlock {
  let label: String
  /// As it stands, white space and RFC 1421 headers included.
  let body: ArraySlice<UInt8>

  /// Every block of a text, in its order. One without an end reaches to the end of the text.
  static func all(in text: [UInt8]) -> [PEMBlock] {
    var blocks: [PEMBlock] = []
    var rest = text[...]
    while let begin = rest.firstRange(of: Array("-----BEGIN ".utf8)) {
      rest = rest[begin.upperBound...]
      guard let dashes = rest.firstRange(of: Array("-----".utf8)) else { break }
      let label = String(decoding: rest[..<dashes.lowerBound], as: UTF8.self)
      rest = rest[dashes.upperBound...]
      let end = rest.firstRange(of: Array("-----END".utf8))?.lowerBound ?? rest.endIndex
      blocks.append(PEMBlock(label: label, body: rest[..<end]))
      rest = rest[end...]
    }
    return blocks
  }

  /// Encrypted the old way (RFC 1421, `Proc-Type: 4,ENCRYPTED`) or the new one (RFC 5958).
  var isEncrypted: Bool {
    label.hasPrefix("ENCRYPTED ") || body.firstRange(of: Array("ENCRYPTED".utf8)) != nil
  }

  /// `der` as lines of 64 characters between the two marks.
  static func text(label: String, der: [UInt8]) -> String {
    var text = "-----BEGIN \(label)-----\n"
    var rest = Base64.text(of: der)[...]
    while !rest.isEmpty {
      text += rest.prefix(64) + "\n"
      rest = rest.dropFirst(64)
    }
    return text + "-----END \(label)-----\n"
  }
}

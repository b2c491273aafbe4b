@_spi(_Unicode) import Swift

/// Takes out of a text what nobody sees in it. The one rule for cells, keys of tables, headers and
/// numbers of orders:
///
/// Every kind of space is a space. Signs without width, signs of direction and control characters
/// are removed. Letters are composed (NFC). Spaces at the ends go.
package enum CleanText {
  /// What stays in a text.
  package struct Keeping: OptionSet, Sendable {
    package let rawValue: UInt8

    package init(rawValue: UInt8) { self.rawValue = rawValue }

    /// What shapes the letters or emoji beside it: U+200C, U+200D, variation selectors.
    package static let joiners = Keeping(rawValue: 1)
    /// Line ends and tabs; where they don't stay they are spaces.
    package static let lines = Keeping(rawValue: 2)

    /// For ids, keys, headers, numbers, whatever is compared: nothing unseen stays.
    package static let nothing: Keeping = []
    /// For names and free text.
    package static let all: Keeping = [.joiners, .lines]
  }

  /// - Returns: the text as it should be; `nil` where it is so already but for spaces at its ends.
  package static func cleaned(_ text: Bytes, keeping: Keeping) -> String? {
    isClean(text, keeping: keeping) ? nil : clean(text.text, keeping)
  }

  /// The text as it should be.
  package static func cleaned(_ text: String, keeping: Keeping) -> String {
    Bytes.withBytes(of: text) { bytes in cleaned(bytes, keeping: keeping) ?? bytes.trimmed.text }
  }

  private static func clean(_ text: String, _ keeping: Keeping) -> String {
    let scalars = Array(text.unicodeScalars)
    var kept = String.UnicodeScalarView()
    for (index, scalar) in scalars.enumerated() {
      switch UnseenSign(scalar) {
      case nil: kept.append(scalar)
      case .space: kept.append(" ")
      case .lineEnd:
        let isSecondOfPair = scalar == "\n" && index > 0 && scalars[index - 1] == "\r"
        if keeping.contains(.lines) {
          kept.append(scalar.isASCII ? scalar : "\n")
        } else if !isSecondOfPair {
          kept.append(" ")
        }
      case .selector:
        if keeping.contains(.joiners), kept.last?.mayBeJoined == true { kept.append(scalar) }
      case .joiner:
        let next = scalars[(index + 1)...].first { UnseenSign($0) != .selector }
        if keeping.contains(.joiners), kept.last?.mayBeJoined == true, next?.mayBeJoined == true {
          kept.append(scalar)
        }
      case .other: break
      }
    }
    return Bytes.withBytes(of: composed(String(kept))) { $0.trimmed.text }
  }

  /// The text with its letters composed, as NFC.
  package static func composed(_ text: String) -> String {
    var composed = String.UnicodeScalarView()
    composed.append(contentsOf: text._nfc)
    return String(composed)
  }

  /// Whether a sign has no width and is no space.
  package static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
    switch UnseenSign(scalar) {
    case .joiner, .selector, .other: true
    case .space, .lineEnd, nil: false
    }
  }
}

/// Quickly, since every cell is looked at.
extension CleanText {
  /// Whether nothing is to be done but for spaces at the ends. It says no where it is not sure.
  @inlinable package static func isClean(_ text: Bytes, keeping: Keeping) -> Bool {
    var index = 0
    while index < text.count {
      // Most bytes of most files.
      if text[index] &- 0x20 < 0x5F {
        index += 1
      } else {
        let length = length(of: text, at: index, keeping)
        if length == 0 { return false }
        index += length
      }
    }
    return true
  }

  /// How many bytes a character has that needs no cleaning; 0 for any other. These ranges hold no
  /// marks that combine and nothing unseen.
  @inline(never) @usableFromInline static func length(
    of text: Bytes, at index: Int, _ keeping: Keeping
  ) -> Int {
    let first = text[index]
    if first < 0x80 {
      return keeping.contains(.lines) && [0x09, 0x0A, 0x0D].contains(first) ? 1 : 0
    }
    guard index + 1 < text.count else { return 0 }
    let second = text[index + 1]
    switch first {
    case 0xC2: return second > 0xA0 && second != 0xAD ? 2 : 0
    // U+00C0 to U+02FF, Greek but for U+0387, and Cyrillic.
    case 0xC3...0xCB, 0xCF...0xD1: return 2
    case 0xCE: return second != 0x87 ? 2 : 0
    default: break
    }
    guard index + 2 < text.count else { return 0 }
    switch (first, second) {
    // Kana but for its marks, Chinese characters, Korean syllables.
    case (0xE3, 0x81), (0xE3, 0x83), (0xE4, 0xB8...0xBF), (0xE5...0xE9, _), (0xEA, 0xB0...0xBF),
      (0xEB...0xEC, _), (0xED, 0x80...0x9D):
      return 3
    // Dashes, quotation marks, the dots and the euro.
    case (0xE2, 0x80): return (0x90...0xA6).contains(text[index + 2]) ? 3 : 0
    case (0xE2, 0x82): return text[index + 2] >= 0xA0 && text[index + 2] < 0xC0 ? 3 : 0
    default: return 0
    }
  }
}

/// What kind of sign nobody sees.
enum UnseenSign {
  case space, lineEnd
  /// U+200C and U+200D, which shape the letters or emoji beside them.
  case joiner
  /// Variation selectors and tags, which say how the character before them looks.
  case selector
  case other

  /// - Returns: `nil` for a sign that is seen.
  init?(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x20: self = .space
    case 0x21...0x7E, 0xA1...0xAC, 0xAE...0x2FF: return nil
    case 0x09...0x0D, 0x85, 0x2028, 0x2029: self = .lineEnd
    case 0x200C, 0x200D: self = .joiner
    case 0xFE00...0xFE0F, 0xE0020...0xE007F, 0xE0100...0xE01EF: self = .selector
    case 0xFFF9...0xFFFB: self = .other
    default:
      let properties = scalar.properties
      switch properties.generalCategory {
      case .spaceSeparator: self = .space
      case .control: self = .other
      default:
        guard properties.isDefaultIgnorableCodePoint else { return nil }
        self = .other
      }
    }
  }
}

extension Unicode.Scalar {
  /// Whether a joiner or selector beside it changes how it looks.
  var mayBeJoined: Bool {
    switch properties.generalCategory {
    case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter,
      .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .otherSymbol, .mathSymbol,
      .modifierSymbol:
      true
    default: properties.isEmoji || UnseenSign(self) == .selector
    }
  }
}

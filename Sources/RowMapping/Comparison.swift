import Records
import Templates

/// `> 0`, `<= 12.5`: a sign and a number, with a point whatever the export writes.
struct Comparison {
  private enum Sign: String, CaseIterable {
    case atLeast = ">=", atMost = "<=", unequal = "!=", above = ">", below = "<", equal = "="
  }

  private let sign: Sign
  private let number: Decimal

  /// Whether a text begins with a sign of comparison.
  static func isMeant(by text: String) -> Bool {
    Sign.allCases.contains { text.hasPrefix($0.rawValue) }
  }

  /// - Returns: nothing where the text is not a sign of comparison and a number.
  init?(_ text: String) {
    guard let sign = Sign.allCases.first(where: { text.hasPrefix($0.rawValue) }) else { return nil }
    let rest = text.dropFirst(sign.rawValue.count).drop { $0 == " " }
    let number = Bytes.withBytes(of: String(rest)) { bytes in
      Result { () throws(Problem) in try NumberStyle().decimal(bytes) }
    }
    guard case .success(let decimal) = number else { return nil }
    self.sign = sign
    self.number = decimal
  }

  func holds(for other: Decimal) -> Bool {
    let order = other.compared(to: number)
    return switch sign {
    case .above: order > 0
    case .below: order < 0
    case .atLeast: order >= 0
    case .atMost: order <= 0
    case .equal: order == 0
    case .unequal: order != 0
    }
  }
}

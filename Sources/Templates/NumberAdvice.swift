import Records

/// What to write into a mapping whose `numbers:` does not fit a number.
struct NumberAdvice {
  let style: NumberStyle

  /// - Parameter text: the number in ASCII.
  func remedy(for text: String) -> String {
    let statement = "numbers: says \(style.words)"
    if let fitting = fitting(text), reads(text, fitting) {
      return "\(statement). If the export always writes numbers so, write "
        + "numbers: \(Self.words(fitting)) in the mapping."
    }
    let extra = text.filter { !$0.isNumber && !"+-.,' ".contains($0) }
    if !extra.isEmpty, reads(text.replacing(extra, with: ""), (style.decimal, style.thousands)) {
      return "\(statement). What stands around the number is taken away with a filter: "
        + "${… | replace(\"\(extra)\", \"\")}."
    }
    return "\(statement); correct the value in the POS, or the statement."
  }

  /// The separators with which the text is a number, where only one way is likely.
  private func fitting(_ text: String) -> (decimal: UInt8, thousands: [UInt8])? {
    let unsigned = text.drop { "+-".contains($0) }
    let signs = unsigned.filter { !$0.isNumber }
    guard let last = signs.last, signs.allSatisfy({ ".,' ".contains($0) }),
      let tail = unsigned.split(separator: last, omittingEmptySubsequences: false).last,
      !tail.isEmpty, unsigned.first?.isNumber == true
    else { return nil }
    let others = Set(signs.dropLast())
    let isDecimal = ".,".contains(last) && signs.count { $0 == last } == 1 && tail.count != 3
    if isDecimal {
      guard others.count <= 1, let decimal = last.asciiValue else { return nil }
      return (decimal, others.compactMap(\.asciiValue))
    }
    guard others.isSubset(of: [last]), let thousands = last.asciiValue else { return nil }
    let decimal = thousands == style.decimal ? (last == "." ? "," : ".") as Character : nil
    return (decimal?.asciiValue ?? style.decimal, [thousands])
  }

  /// Whether what is proposed works.
  private func reads(_ text: String, _ separators: (decimal: UInt8, thousands: [UInt8])) -> Bool {
    let style = NumberStyle(decimal: separators.decimal, thousands: separators.thousands)
    return Bytes.withBytes(of: text) { text in
      var reader = DecimalReader(style: style, text: text.trimmed, isTrial: true)
      return (try? reader.read()) != nil
    }
  }

  private static func words(_ fitting: (decimal: UInt8, thousands: [UInt8])) -> String {
    let decimal = "decimal: \"\(String(decoding: [fitting.decimal], as: UTF8.self))\""
    guard !fitting.thousands.isEmpty else { return "{\(decimal)}" }
    return "{\(decimal), thousands: \"\(String(decoding: fitting.thousands, as: UTF8.self))\"}"
  }
}

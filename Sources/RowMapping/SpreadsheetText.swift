import Records

/// What spreadsheets make of text.
enum SpreadsheetText {
  /// Whether a cell may be written in the form that keeps a spreadsheet from reading it as a number.
  @inline(__always) static func isMarked(_ cell: Bytes) -> Bool {
    cell.count > 2 && cell[0] == UInt8(ascii: "=")
  }

  /// The text that a cell such as `="00123"` stands for; `nil` where it is none.
  static func content(of cell: Bytes) -> String? {
    guard cell.count > 2, cell[0] == UInt8(ascii: "="), cell[1] == UInt8(ascii: "\""),
      cell[cell.count - 1] == UInt8(ascii: "\"")
    else { return nil }
    let content = cell.slice(2, cell.count - 1).text
    let isWhole = !content.replacing("\"\"", with: "").contains("\"")
    return isWhole ? content.replacing("\"\"", with: "\"") : nil
  }

  /// What is wrong with a text that a spreadsheet spoilt; `nil` where none did.
  static func damage(in text: Bytes) -> Problem? {
    guard !text.isEmpty, text[0] == UInt8(ascii: "#") || mayBeScientific(text) else { return nil }
    if text[0] != UInt8(ascii: "#") { return isScientific(text) ? scientific(text) : nil }
    if text.count > 2, text.buffer.allSatisfy({ $0 == UInt8(ascii: "#") }) {
      return error(text, "a spreadsheet wrote these signs, because its column was too narrow")
    }
    guard errors.contains(text.text.uppercased()) else { return nil }
    return error(text, "this is an error of a spreadsheet, not a value")
  }

  /// Whether digits, with signs between them, end at an `e`: nearly every code is done with here.
  @inline(__always) private static func mayBeScientific(_ text: Bytes) -> Bool {
    var index = 0
    while index < text.count, text[index].isDigit || text[index] &- 0x2B < 4 { index += 1 }
    return index > 0 && index + 1 < text.count && text[index] | 0x20 == UInt8(ascii: "e")
  }

  /// `4.80001E+12`, `4.8e12`, `1E7`. What has several digits before an `E` and neither a point nor a
  /// sign is a code: no program writes numbers so.
  private static func isScientific(_ text: Bytes) -> Bool {
    let parts = text.text.uppercased().split(separator: "E", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return false }
    let mantissa =
      parts[0].first.map { "+-".contains($0) } == true ? parts[0].dropFirst() : parts[0]
    let digits = mantissa.split(omittingEmptySubsequences: false) { $0 == "." || $0 == "," }
    let isSigned = parts[1].first.map { "+-".contains($0) } == true
    let exponent = isSigned ? parts[1].dropFirst() : parts[1]
    return (1...2).contains(digits.count)
      && (digits + [exponent]).allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(\.isDigit) }
      && exponent.count <= 3 && (isSigned || digits.count == 2 || digits[0].count == 1)
  }

  private static func scientific(_ text: Bytes) -> Problem {
    Problem(
      "excel-code", value: text.text,
      "a spreadsheet turned this code into a number, so that several products share it",
      remedy: "Export again, and do not open and save the file in a spreadsheet; or set the "
        + "column's format to text before saving.")
  }

  private static func error(_ text: Bytes, _ message: String) -> Problem {
    Problem(
      "excel-error", value: text.text, message,
      remedy: "Correct the cell in the spreadsheet, or export again and do not open and save the "
        + "file in one.")
  }

  /// Of Excel, LibreOffice and Google, in the languages in which their words differ.
  private static let errors: Set<String> = [
    "#N/A", "#NA", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#DIV/0", "#NULL!", "#NUM!", "#SPILL!",
    "#CALC!", "#FIELD!", "#BLOCKED!", "#CONNECT!", "#BUSY!", "#UNKNOWN!", "#EXTERNAL!", "#PYTHON!",
    "#GETTING_DATA", "#ERROR!", "#ERR!", "#MACRO?",
    "#NV", "#BEZUG!", "#WERT!", "#ZAHL!", "#ÜBERLAUF!", "#VALEUR!", "#NOM?", "#NOMBRE!", "#NUL!",
    "#¡VALOR!", "#¿NOMBRE?", "#¡REF!", "#¡NUM!", "#¡DIV/0!", "#¡NULO!", "#N/D", "#RIF!", "#NOME?",
    "#VALORE!", "#VALOR!", "#NÚM!", "#NULO!", "#N/B", "#VERW!", "#NAAM?", "#WAARDE!", "#GETAL!",
    "#LEEG!", "#DEEL/0!", "#I/T", "#ЗНАЧ!", "#ССЫЛКА!", "#ИМЯ?", "#ЧИСЛО!", "#ДЕЛ/0!", "#Н/Д",
    "#ПУСТО!", "#ARG!", "#ADR!", "#NAZWA?", "#LICZBA!", "#DZIEL/0!", "#ZERO!",
  ]
}

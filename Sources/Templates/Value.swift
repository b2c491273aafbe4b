package import Records

/// What an expression gives: a text, or the list that `split` makes.
///
/// Its bytes are views; they hold until the evaluator is told to start afresh.
package enum Value {
  case text(Bytes)
  case list([Bytes])
}

/// Where a template finds what it names.
///
/// The names were resolved to slots when the template was compiled, so that a row costs no look-up
/// by name.
package protocol TemplateScope: AnyObject {
  /// The text of a slot that reads a column of the row: the usual case, and the cheap one.
  ///
  /// - Returns: nothing where it reads something else.
  func cell(of slot: Int) -> Bytes?
  /// - Returns: the value that stands in this slot now; empty text where there is none.
  /// - Throws: a problem without a place, when the value itself cannot be made.
  func value(of slot: Int) throws(Problem) -> Value
  /// The column or field that a slot reads, to name it in a problem.
  func name(of slot: Int) -> String
  /// Whether a text is a number of a JSON export as it stands there: it always has a point, may have
  /// an exponent, and is never ambiguous.
  func isNumber(_ text: Bytes) -> Bool
}

extension TemplateScope {
  package func isNumber(_ text: Bytes) -> Bool { false }
}

/// What a template's words mean where it stands.
package protocol TemplateNames: AnyObject {
  /// - Returns: the slot of a column, a level's field or a named value; nothing after having
  ///   reported why the name means nothing.
  func slot(of name: String, at place: Place) -> Int?
  /// - Returns: the table of that name; nothing after having reported that there is none.
  func table(named name: String, at place: Place) -> LookupTable?
  /// How the export writes numbers, money and times.
  var styles: Styles { get }
  /// Takes what is wrong with a template.
  func report(_ problem: Problem)
}

/// How the POS writes what is not plain text.
package struct Styles {
  package var numbers: NumberStyle
  package var currency: Currency
  package var dates: DateStyle

  /// Whether what is mapped is written so for the POS, instead of read from what it wrote.
  package var isForOutput: Bool {
    get { dates.isForOutput }
    set { dates.isForOutput = newValue }
  }

  package init(numbers: NumberStyle, currency: Currency, dates: DateStyle) {
    self.numbers = numbers
    self.currency = currency
    self.dates = dates
  }
}

import Records
import Templates

/// A template that gives one text for the POS.
struct OrderText {
  let template: Template
  /// Whether spaces at its ends are meant, because something in it is filled up to a width.
  let keepsEnds: Bool
}

extension RecordScope {
  /// - Returns: a view that holds until the next one is asked for.
  /// - Throws: a problem with the template's place.
  func text(_ text: OrderText) throws(Problem) -> Bytes {
    evaluator.startAfresh()
    return try placed(text.template) { () throws(Problem) in
      text.keepsEnds
        ? try evaluator.wholeText(text.template, in: self)
        : try evaluator.text(text.template, in: self)
    }
  }

  /// Runs `body`; what it throws gets the field that the template reads, and the template's place.
  func placed<Result>(
    _ template: Template, _ body: () throws(Problem) -> Result
  ) throws(Problem) -> Result {
    do throws(Problem) {
      return try body()
    } catch {
      throw error.filled(from: Place(field: name(of: template))).filled(from: template.place)
    }
  }
}

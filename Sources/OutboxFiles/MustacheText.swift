package import JSON
import Mustache
package import Records

/// A mustache template that says what an order's file looks like: XML, fixed width and everything
/// else.
///
/// The order's own fields stand at the root, the mapping's named texts below `values`, the lines of
/// `records` in a list of that name, each with its cells by column. Where the template's own text
/// begins with `<`, what an order brings is escaped as XML wants it; else it stands as it is, so
/// that columns of fixed width keep it, but for what would break a line. A pragma,
/// `{{% CONTENT_TYPE:TEXT}}` or `…:HTML`, is stronger. An empty text is like a field that is not
/// there: its section is left out.
package struct MustacheText: Sendable {
  private let template: MustacheTemplate
  /// Whether it writes plain text.
  private let isText: Bool
  /// The template's file as the user knows it.
  package let file: String
  /// What its tags ask for.
  package let words: [MustacheWord]

  /// - Parameters:
  ///   - text: the template; LF or CR LF at the end of lines.
  ///   - file: the template's file as the user knows it, for messages.
  /// - Throws: the first mistake, with its line.
  package init(_ text: String, file: String) throws(Problem) {
    let output = ByteOutput()
    Bytes.withBytes(of: text) { Newline.lf.append($0, to: output) }
    let text = output.bytes.text
    var tags = MustacheTags(text, file: file)
    try tags.check()
    isText = tags.isText
    self.file = file
    words = tags.words
    do {
      let escaping = try MustacheTemplate(string: text)
      // The pragma stands on a line of its own, which mustache leaves out as a whole.
      template =
        tags.isMarkup
        ? escaping : try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text)
    } catch {
      throw Self.problem(error, file)
    }
  }

  /// The order's text, with LF at the end of the template's lines.
  ///
  /// - Parameter order: D-Store's body.
  package func text(of sheet: OrderSheet, order: JSONValue) -> EncodedText {
    var context = MustacheContext(isText: isText)
    let root = context.root(of: sheet, order: order)
    var result = context.replacements
    result.bytes = Array(template.render(root).utf8)
    return result
  }

  private static func problem(_ error: any Error, _ file: String) -> Problem {
    guard let error = error as? MustacheTemplate.ParserError else {
      return Problem("template", at: Place(file: file), "it is no mustache template")
    }
    let context = error.context
    return Problem(
      "template", at: Place(file: file, line: context.lineNumber, column: context.columnNumber),
      words(of: error.error), remedy: "Correct the template there; mustache(5) tells how.")
  }

  private static func words(of error: any Error) -> String {
    switch error as? MustacheTemplate.Error {
    case .unfinishedName?: "a tag holds what no name does, or is not closed"
    case .invalidSetDelimiter?: "the tag that changes the delimiters is no such tag"
    case .invalidConfigVariableSyntax?, .unrecognisedConfigVariable?:
      "the only pragma is {{% CONTENT_TYPE:TEXT}} or {{% CONTENT_TYPE:HTML}}"
    default: "mustache does not understand it"
    }
  }
}

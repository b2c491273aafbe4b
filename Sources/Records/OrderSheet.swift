/// What a mapping makes of one order for the POS, before a format turns it into bytes.
package struct OrderSheet: Hashable, Sendable {
  /// A folder's name, or the file's, at the end.
  package struct PathPart: Hashable, Sendable {
    package var text: String
    /// It stands in the mapping as it is; anything else came from an order, and is data from
    /// outside.
    package var isLiteral: Bool

    package init(_ text: String, isLiteral: Bool) {
      self.text = text
      self.isLiteral = isLiteral
    }
  }

  package struct Column: Hashable, Sendable {
    package var name: String
    /// People write what stands here, so a spreadsheet might take it for a formula.
    package var isFreeText: Bool
    /// D-Store's contract does not say what stands here: people may have written it.
    package var isUnknown: Bool

    package init(_ name: String, isFreeText: Bool = false, isUnknown: Bool = false) {
      self.name = name
      self.isFreeText = isFreeText
      self.isUnknown = isUnknown
    }
  }

  package struct Line: Hashable, Sendable {
    /// Which of ``OrderSheet/columns`` it has.
    package var kind: Int
    package var cells: [String]

    package init(kind: Int = 0, cells: [String]) {
      self.kind = kind
      self.cells = cells
    }
  }

  /// A named text of the mapping.
  package struct Value: Hashable, Sendable {
    package var name: String
    package var text: String

    package init(name: String, text: String) {
      self.name = name
      self.text = text
    }
  }

  /// From the outbox down to the file.
  package var path: [PathPart]
  /// Of each kind of line.
  package var columns: [[Column]]
  package var lines: [Line]
  package var values: [Value]
  /// The text of `format: json`; nothing for other formats.
  package var json: [UInt8]?

  package init(
    path: [PathPart], columns: [[Column]] = [], lines: [Line] = [], values: [Value] = [],
    json: [UInt8]? = nil
  ) {
    self.path = path
    self.columns = columns
    self.lines = lines
    self.values = values
    self.json = json
  }
}

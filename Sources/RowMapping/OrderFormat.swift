/// How the POS wants the files of its orders written.
package struct OrderFormat: Hashable, Sendable {
  package enum FormatType: String, CaseIterable, Sendable { case csv, json, template }

  /// Which cells stand in quotes.
  package enum Quoting: String, CaseIterable, Sendable {
    /// Those that need them.
    case minimal
    case all
    /// None, whatever is in them.
    case none
  }

  package enum Newline: String, CaseIterable, Sendable { case lf, crlf, cr }

  package var type = FormatType.csv
  /// As iconv(1) knows it; nothing for UTF-8.
  package var encoding: String?
  package var delimiter = UInt8(ascii: ",")
  package var quote = Quoting.minimal
  package var newline = Newline.lf
  package var hasHeader = true
  /// The name of a file beside the mapping, where ``type`` is `template`.
  package var template: String?

  package init() {}
}

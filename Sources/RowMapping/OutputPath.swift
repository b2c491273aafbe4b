import Records
import Templates

/// `file:` of an order mapping: where below the outbox an order's file stands.
struct OutputPath {
  struct Part {
    let text: OrderText
    /// Whether it stands in the mapping as it is.
    let isLiteral: Bool
  }

  let parts: [Part]

  /// The folders that every order shares: those before the first one that an order names.
  var fixedFolder: String {
    parts.dropLast().prefix(while: \.isLiteral).map(\.text.template.text).joined(separator: "/")
  }
}

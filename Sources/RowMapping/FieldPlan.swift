import Contract
import Records
import Templates

/// How one field of a product is written.
final class FieldPlan {
  enum Content {
    /// JSON that is the same for every product.
    case constant(StableText)
    case text(Template)
    case object([FieldPlan])
    case list([Template])
    /// A list of objects, each made by a template.
    case templates([ProductTemplate])
  }

  let field: Contract.Field
  /// The words that the field allows; empty where any word is.
  let allowed: [StableText]
  /// `"name":` as it is written.
  let key: Bytes
  let place: Place
  let content: Content
  /// The content, where it is always the same.
  let json: Bytes?
  /// The slot, where the content is its value and nothing else.
  let slot: Int?
  /// The content, where it is a text and simple.
  let steps: [Step]
  /// Whether it says of which type the product is.
  let isType: Bool
  /// What stays of text that nobody sees.
  let keeping: CleanText.Keeping
  /// Whether it is text of the export, which a spreadsheet may have spoilt.
  let isExportText: Bool
  private let keyText: StableText

  init(
    field: Contract.Field, allowed: [StableText], key: StableText, place: Place, content: Content
  ) {
    self.field = field
    self.allowed = allowed
    keyText = key
    self.key = key.bytes
    self.place = place
    self.content = content
    json = if case .constant(let json) = content { json.bytes } else { nil }
    (slot, steps) =
      if case .text(let template) = content { (template.onlySlot, template.steps) } else {
        (nil, [])
      }
    isType = field.role == .productType
    keeping = Self.keeping(in: field)
    let isConstant =
      if case .text(let template) = content { template.constant != nil } else { false }
    isExportText = !isConstant && field.allowed.isEmpty && [.string, .list].contains(field.type)
  }

  private static func keeping(in field: Contract.Field) -> CleanText.Keeping {
    switch field.role {
    case .productId, .childId, .shortOrderNumber: .nothing
    default: field.mayHaveLines ? .all : .joiners
    }
  }
}

import Contract
import Records
import Templates

/// How one product, or one child of a product, is made.
final class ProductTemplate {
  let place: Place
  let each: [EachLevel]
  let when: [Condition]
  /// Whether it is made once for a group of rows instead of for every row.
  let isOncePerGroup: Bool
  let fields: [FieldPlan]
  /// Whether it is made exactly once for every record.
  let isPlain: Bool
  /// Whether it, or a template in it, speaks of a group of rows as one thing.
  let needsWholeGroup: Bool

  init(
    place: Place, each: [EachLevel], when: [Condition], isOncePerGroup: Bool, fields: [FieldPlan]
  ) {
    self.place = place
    self.each = each
    self.when = when
    self.isOncePerGroup = isOncePerGroup
    self.fields = fields
    isPlain = each.isEmpty && when.isEmpty && !isOncePerGroup
    needsWholeGroup =
      isOncePerGroup || each.contains { if case .groupRows = $0.source { true } else { false } }
      || fields.contains { plan in
        guard case .templates(let templates) = plan.content else { return false }
        return templates.contains(where: \.needsWholeGroup)
      }
  }
}

extension ProductTemplate {
  /// The templates of what the contract requires of a product, and of its name and price.
  var needed: [Template] {
    texts { $0.isRequired || [.productName, .productPrice].contains($0.role) }
  }

  /// The templates of its fields.
  var texts: [Template] { texts { _ in true } }

  private func texts(where isWanted: (Contract.Field) -> Bool) -> [Template] {
    fields.compactMap { plan in
      if isWanted(plan.field), case .text(let template) = plan.content { template } else { nil }
    }
  }

  /// The fields of the contract that templates fill, each once.
  static func fieldsInUse(by templates: [ProductTemplate]) -> [Contract.Field] {
    var seen: Set<String> = []
    var fields: [Contract.Field] = []
    func visit(_ plans: [FieldPlan]) {
      for plan in plans {
        if seen.insert(plan.field.path).inserted { fields.append(plan.field) }
        switch plan.content {
        case .object(let inner): visit(inner)
        case .templates(let templates): for template in templates { visit(template.fields) }
        default: break
        }
      }
    }
    for template in templates { visit(template.fields) }
    return fields
  }
}

/// A level that `each` opens below the row.
struct EachLevel {
  enum Source {
    /// Every column that a pattern matched.
    case columns(Int)
    /// The elements of a list, or the values of an object, below an open level.
    case json(level: Int, path: [String])
    /// The records of a file that belongs to the main one.
    case joined(file: Int)
    /// The rows of the group.
    case groupRows
  }

  let level: Int
  let source: Source
}

import Contract
import JSON
import Records
import Templates

/// Writes products as JSON, field by field, as their templates were laid out, one behind the other
/// until it is told to begin again.
final class ProductWriter {
  private let scope: RecordScope
  private let evaluator: Evaluator
  private let parentTypes: [[UInt8]]
  private let scalars: ScalarWriter
  private let output = ByteOutput(capacity: 4096)
  /// The products' ids and their children's, as they are before JSON escapes them.
  private let ids = ByteOutput()
  /// Where the ids of children stand.
  @exclusivity(unchecked) private var childRanges: [Range<Int>] = []
  /// What is wrong with the product that was written last.
  @exclusivity(unchecked) private(set) var faults: [Problem] = []
  @exclusivity(unchecked) private var idRange = 0..<0
  @exclusivity(unchecked) private var key = ProductSet.Key(.empty)
  /// Where the product is going to be looked up.
  @exclusivity(unchecked) private var set: Unmanaged<ProductSet>?
  @exclusivity(unchecked) private var typeRange = 0..<0
  @exclusivity(unchecked) private var hasChildren = false

  /// Where a product stands in the writer.
  struct Product {
    fileprivate let json: Range<Int>
    fileprivate let id: Range<Int>
    let key: ProductSet.Key
    let children: Range<Int>
    /// Whether it is a group, a combo or a bundle that ended up without children.
    let isHollow: Bool
  }

  /// - Parameter parentTypes: the types that are nothing without children, as JSON.
  init(scope: RecordScope, parentTypes: [[UInt8]] = []) {
    self.scope = scope
    evaluator = scope.evaluator
    self.parentTypes = parentTypes
    scalars = ScalarWriter(styles: scope.styles)
  }

  /// Forgets all products.
  func begin() {
    output.removeAll()
    ids.removeAll()
    if !childRanges.isEmpty { childRanges.removeAll(keepingCapacity: true) }
  }

  /// Valid until the next product is written.
  func json(_ product: Product) -> Bytes {
    output.bytes.slice(product.json.lowerBound, product.json.upperBound)
  }

  /// Valid until the next product is written.
  func id(_ product: Product) -> Bytes {
    ids.bytes.slice(product.id.lowerBound, product.id.upperBound)
  }

  /// Runs `body` with the id of each child; it is valid during the call.
  func forEachChild(of product: Product, _ body: (Bytes) -> Void) {
    for child in product.children {
      let range = childRanges[child]
      body(ids.bytes.slice(range.lowerBound, range.upperBound))
    }
  }

  /// Writes a product; where it ends up with ``faults`` its JSON is of no use, its id may be.
  ///
  /// - Parameter set: where it is going to be looked up, if that is known.
  func write(_ template: ProductTemplate, for set: Unmanaged<ProductSet>? = nil) -> Product {
    self.set = set
    let (start, firstChild) = (output.count, childRanges.count)
    if !faults.isEmpty { faults.removeAll(keepingCapacity: true) }
    idRange = 0..<0
    typeRange = 0..<0
    hasChildren = false
    object(template.fields)
    return Product(
      json: start..<output.count, id: idRange, key: key,
      children: firstChild..<childRanges.count, isHollow: !hasChildren && isParent)
  }

  private var isParent: Bool {
    let type = output.bytes.slice(typeRange.lowerBound, typeRange.upperBound)
    return parentTypes.contains { type.buffer.elementsEqual($0) }
  }

  private func object(_ fields: [FieldPlan]) {
    output.append(UInt8(ascii: "{"))
    let start = output.count
    fields.forEachBorrowed { member($0, after: start) }
    output.append(UInt8(ascii: "}"))
  }

  /// - Parameter start: where the object's first member begins.
  private func member(_ field: FieldPlan, after start: Int) {
    let before = output.count
    if before > start { output.append(UInt8(ascii: ",")) }
    output.append(field.key)
    do throws(Problem) {
      let start = output.count
      if try write(field) {
        if field.isType { typeRange = start..<output.count }
        return
      }
      output.truncate(to: before)
      if field.field.isRequired { throw ScalarWriter.empty(field.field) }
    } catch {
      output.truncate(to: before)
      faults.append(placed(error, field))
    }
  }

  /// - Returns: whether there was something to write.
  private func write(_ plan: FieldPlan) throws(Problem) -> Bool {
    // The usual cases first, which need nothing but the row.
    if let json = plan.json {
      output.append(json)
      return true
    }
    evaluator.startAfresh()
    scope.sawOddText = false
    if let slot = plan.slot, let cell = scope.cell(of: slot) {
      return try scalar(scope.sawOddText ? scope.cleaned(cell, keeping: plan.keeping) : cell, plan)
    }
    if let text = evaluator.text(of: plan.steps, in: scope) { return try cleanScalar(text, plan) }
    switch plan.content {
    case .constant(let json):
      output.append(json.bytes)
      return true
    case .text(let template):
      evaluator.startAfresh()
      return try cleanScalar(try evaluator.text(template, in: scope), plan)
    case .list(let templates): return try list(templates, plan)
    case .object(let fields):
      let before = output.count
      object(fields)
      return output.count > before + 2
    case .templates(let templates): return try objects(templates, plan.field)
    }
  }

  private func cleanScalar(_ text: Bytes, _ plan: FieldPlan) throws(Problem) -> Bool {
    // A number must stay where it is, to be known as one.
    if CleanText.isClean(text, keeping: .nothing) { return try scalar(text, plan) }
    return try scalar(scope.cleaned(text, keeping: plan.keeping), plan)
  }

  private func scalar(_ text: Bytes, _ plan: FieldPlan) throws(Problem) -> Bool {
    if text.isEmpty { return false }
    if plan.isExportText, let damage = SpreadsheetText.damage(in: text) { throw damage }
    switch plan.field.role {
    case .productId:
      idRange = keep(text)
      key = ProductSet.Key(text)
      set?._withUnsafeGuaranteedRef { $0.expect(key) }
    case .childId: childRanges.append(keep(text))
    default: break
    }
    try scalars.write(
      text, as: plan.field, allowed: plan.allowed, isJSON: scope.isNumber(text), to: output)
    return true
  }

  private func keep(_ id: Bytes) -> Range<Int> {
    let from = ids.count
    ids.append(id)
    return from..<ids.count
  }

  private func list(_ templates: [Template], _ plan: FieldPlan) throws(Problem) -> Bool {
    output.append(UInt8(ascii: "["))
    var count = 0
    for template in templates {
      do throws(Problem) {
        evaluator.startAfresh()
        switch try evaluator.value(template, in: scope) {
        case .text(let text): try item(text.trimmed, plan, &count)
        case .list(let items): for text in items { try item(text, plan, &count) }
        }
      } catch {
        throw error.filled(from: Place(field: scope.name(of: template)))
      }
    }
    output.append(UInt8(ascii: "]"))
    try checkCount(count, plan.field)
    return count > 0
  }

  private func item(_ text: Bytes, _ plan: FieldPlan, _ count: inout Int) throws(Problem) {
    let text = scope.cleaned(text, keeping: plan.keeping)
    guard !text.isEmpty else { return }
    if plan.isExportText, let damage = SpreadsheetText.damage(in: text) { throw damage }
    if count > 0 { output.append(UInt8(ascii: ",")) }
    count += 1
    try scalars.write(
      text, as: plan.field, allowed: plan.allowed, isElement: true, to: output)
  }

  private func objects(
    _ templates: [ProductTemplate], _ field: Contract.Field
  ) throws(Problem) -> Bool {
    output.append(UInt8(ascii: "["))
    var count = 0
    for template in templates {
      try scope.forEach(template) { fault in
        if let fault { faults.append(fault.filled(from: scope.place)) }
        if count > 0 { output.append(UInt8(ascii: ",")) }
        count += 1
        object(template.fields)
      }
    }
    output.append(UInt8(ascii: "]"))
    try checkCount(count, field)
    if field.role == .children, count > 0 { hasChildren = true }
    return count > 0
  }

  private func checkCount(_ count: Int, _ field: Contract.Field) throws(Problem) {
    guard let maximum = field.maximum, count > maximum else { return }
    throw Problem(
      "too-many", value: String(count), "\"\(field.name)\" holds at most \(maximum) entries",
      remedy: "Leave some out with when:, or fix the export.")
  }

  /// The problem, with the row and the column that it came from.
  private func placed(_ problem: Problem, _ plan: FieldPlan) -> Problem {
    var place = scope.place
    if case .text(let template) = plan.content { place.field = scope.name(of: template) }
    place.field = place.field ?? plan.field.name
    var problem = problem.filled(from: place)
    if let slot = plan.slot, let value = problem.value {
      problem.value = scope.original(of: value, in: slot)
    }
    return problem
  }
}

import Contract
import JSON
import Records
import Templates

/// Makes the change of the record that a scope holds.
final class ChangeWriter {
  private let mapping: StatusMapping
  private let scope: RecordScope
  private let writer: ProductWriter
  private let document = JSONDocument()
  private var faults: [Problem] = []

  init(_ mapping: StatusMapping, scope: RecordScope) {
    self.mapping = mapping
    self.scope = scope
    writer = ProductWriter(scope: scope)
  }

  /// - Returns: the change, worth something only where there are no faults; nothing where it says
  ///   nothing.
  func write() -> (change: OrderChange?, faults: [Problem]) {
    faults.removeAll(keepingCapacity: true)
    let order = text(mapping.order)
    if order?.isEmpty == true { faults.append(nobody) }
    let changedAt = mapping.changedAt.flatMap(moment)
    let fields = fields()
    if fields.isEmpty, faults.isEmpty { faults.append(Self.nothing) }
    guard let order, faults.isEmpty else { return (nil, faults) }
    var change = OrderChange(
      order: order, matchBy: mapping.matchBy, fields: fields.map(\.field), changedAt: changedAt,
      place: scope.place)
    change.orderStatus = fields.first { $0.role == .orderStatus }?.value.text
    change.refund = fields.first { $0.role == .refundAmount }.flatMap { Self.amount($0.value) }
    return (change, [])
  }

  private struct Written {
    let field: OrderChange.Field
    let role: Contract.Role?
    /// Valid until the next change is written.
    let value: JSONValue
  }

  /// The contract's fields, each as JSON.
  private func fields() -> [Written] {
    writer.begin()
    let written = writer.write(mapping.change)
    faults += writer.faults
    guard (try? document.parse(writer.json(written))) != nil else { return [] }
    return document.root.members.map { member in
      let name = member.key.text
      let role = mapping.change.fields.first { $0.field.name == name }?.field.role
      let field = OrderChange.Field(
        name: name, role: role?.rawValue, json: member.value.raw.text)
      return Written(field: field, role: role, value: member.value)
    }
  }

  private func text(_ template: Template) -> String? {
    scope.evaluator.startAfresh()
    do throws(Problem) {
      let order = scope.key(try scope.evaluator.text(template, in: scope))
      if let damage = SpreadsheetText.damage(in: order) {
        throw damage.filled(from: Place(field: scope.name(of: template)))
      }
      return order.text
    } catch {
      faults.append(error)
      return nil
    }
  }

  private func moment(_ template: Template) -> Int64? {
    scope.evaluator.startAfresh()
    do throws(Problem) {
      let text = try scope.evaluator.text(template, in: scope)
      return text.isEmpty ? nil : try scope.styles.dates.milliseconds(text)
    } catch {
      faults.append(error.filled(from: Place(field: scope.name(of: template))))
      return nil
    }
  }

  private static func amount(_ json: JSONValue) -> Amount? {
    guard let value = json["value"].flatMap({ Int64($0.text) }),
      let currency = json["currency"].flatMap({ Currency(code: $0.text) })
    else { return nil }
    return Amount(value: value, currency: currency)
  }

  private var nobody: Problem {
    Problem(
      "empty-order", at: Place(field: scope.name(of: mapping.order)),
      "the record does not say which order it is about",
      remedy: "Fill it in the POS, or leave such rows out with where: or unless:.")
  }

  private static let nothing = Problem(
    "empty-change", "the record says nothing about its order",
    remedy: "Leave such rows out with where: or unless:, or fill them in the POS.")
}

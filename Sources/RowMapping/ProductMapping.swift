package import Contract
import Records
import Templates

/// A mapping of `kind: products`, compiled.
///
/// A mapping file goes through these stages, each in a file of its own:
///
/// 1. ``MappingFile`` reads what every kind of mapping says: files, format, numbers, dates.
/// 2. ``RecordPlanReader`` reads how records are read, ``ProductMappingReader`` the rest;
///    ``NameScope`` resolves each word of a template to a slot, ``ProductTemplateReader`` lays the
///    templates out as fields of the contract.
/// 3. ``ColumnBinding`` finds the columns in the header of one export.
/// 4. ``ProductMapper`` takes row after row; ``ProductWriter`` writes each product as JSON, and
///    ``ProductSet`` keeps one of each.
package final class ProductMapping {
  package let plan: RecordPlan
  let stores: StorePlan
  let templates: [ProductTemplate]
  /// D-Store's field list that the templates were laid out by.
  let layout: ProductLayout
  package let badRows: BadRowPolicy
  /// The share of the last accepted products, in percent, that may go or become unavailable.
  package let maxDrop: Double
  /// Mappings that name the same catalogue make one store's products together.
  package let catalogue: String?
  package let tests: [MappingTest]
  /// Fields of the contract that the templates fill, for `check`.
  package let fieldsInUse: [Contract.Field]

  init(
    plan: RecordPlan, stores: StorePlan, templates: [ProductTemplate], layout: ProductLayout,
    badRows: BadRowPolicy, maxDrop: Double, catalogue: String?, tests: [MappingTest],
    fieldsInUse: [Contract.Field]
  ) {
    self.plan = plan
    self.stores = stores
    self.templates = templates
    self.layout = layout
    self.badRows = badRows
    self.maxDrop = maxDrop
    self.catalogue = catalogue
    self.tests = tests
    self.fieldsInUse = fieldsInUse
  }

  package var file: MappingFile { plan.file }
}

import Records
import Templates

/// Maps what belongs together, a record or a group of rows, to products, which are given on when
/// all of it is good.
final class RecordMapper {
  /// So many problems of one unit are kept in words.
  private static let kept = 100

  private let scope: RecordScope
  private let mapping: ProductMapping
  private let stores: [StableText]
  private let sink: any ProductSink
  private let writer: ProductWriter
  private let templates: [ProductTemplate]
  private let filter: RecordFilter
  let sets: [ProductSet]
  private(set) var references: [ChildReferences]
  /// Ids of bad units, by store.
  private(set) var repeated: [[String]]
  /// Ids of which two units make different products, by store: the first went to the sink already.
  private(set) var contested: [[String]]
  /// Whether the unit is a group that stood further up already.
  @exclusivity(unchecked) private var isReturned = false
  /// What the sink threw, none or one; nothing goes on after it.
  @exclusivity(unchecked) private var failures: [Problem] = []
  @exclusivity(unchecked) private var made: [Made] = []
  @exclusivity(unchecked) private(set) var faults = UnitFaults()

  /// A product of this unit.
  private struct Made {
    let product: ProductWriter.Product
    /// Nothing where the record names a store that nobody knows.
    let store: Int?
    let line: Int
    let record: Int
  }

  init(_ mapping: ProductMapping, scope: RecordScope, stores: [String], sink: any ProductSink) {
    self.mapping = mapping
    templates = mapping.templates
    filter = mapping.plan.filter
    self.scope = scope
    self.stores = stores.map(StableText.init)
    self.sink = sink
    writer = ProductWriter(scope: scope, parentTypes: mapping.layout.parentTypes)
    sets = stores.map { _ in ProductSet() }
    references = stores.map { _ in ChildReferences() }
    repeated = stores.map { _ in [] }
    contested = repeated
  }

  /// Begins a unit.
  func begin() {
    writer.begin()
    made.removeAll(keepingCapacity: true)
    faults.removeAll()
    isReturned = false
  }

  /// Takes that the unit is a group that stood further up already, whose rows there were taken for
  /// all of it.
  func note(returned fault: Problem) {
    isReturned = true
    note([fault])
  }

  /// Takes what is wrong with the record itself; whatever else is wrong with it follows from that.
  func note(_ faults: [Problem]) {
    for fault in faults {
      self.faults.damage(fault.filled(from: scope.place), record: scope.place.record)
    }
  }

  func throwIfFailed() throws(Problem) { if !failures.isEmpty { throw failures[0] } }

  /// Whether the record passes `where` and `unless`, or it cannot be told.
  func isWanted() -> Bool {
    do throws(Problem) {
      return try filter.admits(scope)
    } catch {
      report(error)
      return true
    }
  }

  /// Maps the record that the scope holds.
  ///
  /// - Parameter startsGroup: whether the templates that are made once for a group are made now.
  func map(_ pass: StorePass, startsGroup: Bool) {
    let store = store(pass)
    let set = store.map { sets.borrowing($0, Unmanaged.passUnretained) }
    templates.forEachBorrowed { template in
      if template.isPlain { return make(template, store, set) }
      guard startsGroup || !template.isOncePerGroup else { return }
      do throws(Problem) {
        try scope.forEach(template) { fault in
          if let fault { report(fault) }
          make(template, store, set)
        }
      } catch {
        report(error)
      }
    }
  }

  private func make(_ template: ProductTemplate, _ store: Int?, _ set: Unmanaged<ProductSet>?) {
    let product = writer.write(template, for: set)
    if !writer.faults.isEmpty { writer.faults.forEach(report) }
    made.append(Made(product: product, store: store, line: scope.line, record: scope.record))
  }

  /// Ends the unit: gives its products on where nothing is wrong with it, otherwise keeps their ids.
  func end() {
    // One product alone is looked at when it is put in.
    if faults.isEmpty, made.count > 1 { findConflicts() }
    guard faults.isEmpty else { return repeatIds() }
    for index in made.indices { send(made[index]) }
    for index in made.indices where !made[index].product.children.isEmpty { refer(made[index]) }
  }

  private func store(_ pass: StorePass) -> Int? {
    if let known = pass.known { return known }
    switch pass.store {
    case .known(let index): return index
    case .stated(let template):
      do throws(Problem) {
        scope.evaluator.startAfresh()
        let id = try scope.evaluator.text(template, in: scope)
        if let index = stores.firstIndex(where: { $0.bytes == id }) { return index }
        throw StorePasses.unknown(
          id.text, stores.map(\.bytes.text), at: Place(field: scope.name(of: template)))
      } catch {
        report(error)
        return nil
      }
    }
  }

  private func report(_ problem: Problem) {
    let place = scope.place
    faults.add(problem.filled(from: place), record: place.record, atMost: Self.kept)
  }

  private func findConflicts() {
    for made in made where !made.product.isHollow {
      guard let store = made.store else { continue }
      if case .different(let line) = sets[store].look(
        made.product.key, product: writer.json(made.product))
      {
        conflict(made, with: line)
      }
    }
  }

  private func repeatIds() {
    guard mapping.badRows.skips else { return }
    for made in made {
      let id = writer.id(made.product)
      if id.isEmpty { continue }
      if isReturned, let store = made.store,
        case .different = sets[store].look(made.product.key, product: writer.json(made.product))
      {
        contested[store].append(id.text)
      }
      // Of a store that nobody knows the product may be in any; repeating is the harmless guess.
      for store in made.store.map({ $0..<$0 + 1 }) ?? sets.indices {
        repeated[store].append(id.text)
      }
    }
  }

  private func send(_ made: Made) {
    guard let store = made.store, failures.isEmpty else { return }
    if made.product.isHollow { return references[store].noteHollow(writer.id(made.product)) }
    let (key, json) = (made.product.key, writer.json(made.product))
    switch sets.borrowing(store, { $0.insert(key, product: json, line: made.line) }) {
    case .equal: return
    case .different(let line): return conflict(made, with: line)
    case .new: break
    }
    do throws(Problem) {
      try sink.append(json, store: store)
    } catch {
      failures = [error]
    }
  }

  /// Remembers the children that are not there yet.
  private func refer(_ made: Made) {
    guard let store = made.store else { return }
    writer.forEachChild(of: made.product) { child in
      guard !sets[store].contains(child) else { return }
      references[store].add(
        child, at: Place(file: scope.place.file, line: made.line, record: made.record))
    }
  }

  private func conflict(_ made: Made, with line: Int) {
    let name = mapping.layout.idName
    if let store = made.store { contested[store].append(writer.id(made.product).text) }
    faults.add(
      Problem(
        "different-products",
        at: Place(file: scope.place.file, line: made.line, record: made.record, field: name),
        value: writer.id(made.product).text,
        "a different product with this id stands on line \(line)",
        remedy: "Give each its own code in the POS, or tell them apart in the mapping, for example "
          + "\(name): ${Code}-${Size}."), record: made.record, atMost: Self.kept)
  }
}

/// What is wrong with a unit, each finding once.
struct UnitFaults {
  /// The first ones.
  private(set) var problems: [Problem] = []
  private(set) var count = 0
  /// The records that have one.
  private(set) var records: Set<Int> = []
  private var damaged: Set<Int> = []

  var isEmpty: Bool { count == 0 }

  mutating func removeAll() {
    guard count > 0 else { return }
    self = UnitFaults()
  }

  mutating func add(_ problem: Problem, record: Int?, atMost limit: Int) {
    let record = record ?? 0
    guard !damaged.contains(record), !problems.contains(problem) else { return }
    count += 1
    records.insert(record)
    if problems.count < limit { problems.append(problem) }
  }

  /// Adds a fault of the record itself, after which no others of it are taken.
  mutating func damage(_ problem: Problem, record: Int?) {
    add(problem, record: record, atMost: .max)
    damaged.insert(record ?? 0)
  }
}

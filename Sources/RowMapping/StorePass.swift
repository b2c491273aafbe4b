import Records
import Templates

/// One time of looking at a row: where columns are stores, once for each of them.
final class StorePass {
  enum Store {
    case known(Int)
    /// Each row says which.
    case stated(Template)
  }

  let store: Store
  /// The store, where it is the same for every row.
  let known: Int?
  /// See ``ColumnBinding/positions(following:)``.
  let positions: [Int]

  init(store: Store, positions: [Int]) {
    self.store = store
    known = if case .known(let index) = store { index } else { nil }
    self.positions = positions
  }
}

/// Finds out once for a file which stores it speaks of.
struct StorePasses {
  let mapping: ProductMapping
  let binding: ColumnBinding
  let scope: RecordScope
  let stores: [String]
  let file: String
  let isLenient: Bool

  /// - Throws: every store that nobody knows, every pattern that cannot be followed.
  func passes() throws(Problems) -> [StorePass] {
    var problems: [Problem] = []
    let passes =
      switch mapping.stores {
      case .only: [only(&problems)]
      case .perRow(let template): [perRow(template, &problems)]
      case .perColumn(let column, let level, let id): perColumn(column, level, id, &problems)
      }
    guard problems.isEmpty else { throw Problems(problems) }
    return passes.compactMap { $0 }
  }

  private func only(_ problems: inout [Problem]) -> StorePass? {
    if stores.count != 1 {
      problems.append(
        Problem(
          "no-store", at: Place(file: mapping.file.path),
          "connector.yaml lists \(stores.count) stores, and the mapping does not say which one its "
            + "files speak of", remedy: "Add store: ID, or store: ${COLUMN} where a column says it."
        ))
    }
    return single(.known(0), &problems)
  }

  private func perRow(_ template: Template, _ problems: inout [Problem]) -> StorePass? {
    guard let constant = template.constant else { return single(.stated(template), &problems) }
    return Bytes.withBytes(of: constant) { id in
      if let index = stores.firstIndex(where: { id.trimmed == $0 }) {
        return single(.known(index), &problems)
      }
      problems.append(Self.unknown(id.trimmed.text, stores, at: template.place))
      return nil
    }
  }

  /// The pass where every pattern that templates read stands for one column.
  private func single(_ store: StorePass.Store, _ problems: inout [Problem]) -> StorePass {
    problems += mapping.plan.names.columns.compactMap {
      binding.severalColumns($0, mapping.plan.columns, file: file)
    }
    return StorePass(store: store, positions: binding.positions(following: nil))
  }

  private func perColumn(
    _ column: Int, _ level: Int, _ template: Template, _ problems: inout [Problem]
  ) -> [StorePass?] {
    binding.matches(of: column).map { match in
      let word = match.word.bytes.text
      let place = Place(file: file, field: binding.header[match.column])
      scope.frames[level] = .column(match)
      scope.evaluator.startAfresh()
      do throws(Problem) {
        let id = try scope.evaluator.text(template, in: scope)
        // A column that is nobody's store is left out: lookup(shops, "").
        if id.isEmpty { return nil }
        guard let store = stores.firstIndex(where: { id == $0 }) else {
          throw Self.unknown(id.text, stores, at: place)
        }
        if !isLenient {
          problems += mapping.plan.names.columns.compactMap {
            binding.noColumn(for: word, $0, mapping.plan.columns, file: file)
          }
        }
        return StorePass(store: .known(store), positions: binding.positions(following: word))
      } catch {
        problems.append(error.filled(from: place))
        return nil
      }
    }
  }

  static func unknown(_ id: String, _ stores: [String], at place: Place) -> Problem {
    Problem(
      "unknown-store", at: place, value: id, "connector.yaml lists no store of this id",
      remedy: "Add it under stores:, or fix store: in the mapping; listed are: "
        + "\(stores.joined(separator: ", ")).")
  }
}

import Contract
import Records

/// What differs between what D-Store last accepted for a store and what an export says now.
struct ProductChanges {
  private(set) var added = 0
  private(set) var removed = 0
  /// Something else than the status differs.
  private(set) var changed = 0
  /// Only the status differs.
  private(set) var restated = 0
  /// Of those: now unavailable.
  private(set) var closed = 0
  private(set) var before = 0
  private(set) var after = 0
  /// Whether every status that differs is one that a status update may carry.
  private var updateSuffices = true

  /// - Parameters:
  ///   - old: the index of the accepted body.
  ///   - path: the new body.
  init(from old: ProductIndex, to path: String, contract: Contract) throws(Problem) {
    before = old.entries.count
    let reader = try PayloadReader(path: path, contract: contract)
    var common = 0
    while let product = try reader.next() {
      after += 1
      guard let (id, new) = reader.entry(of: product) else { continue }
      guard let was = old.entries[id] else {
        added += 1
        continue
      }
      common += 1
      note(was, new)
    }
    removed = before - common
  }

  private mutating func note(_ was: ProductIndex.Entry, _ new: ProductIndex.Entry) {
    let isClosing = was.isAvailable && !new.isAvailable
    if isClosing { closed += 1 }
    if was.content != new.content {
      changed += 1
    } else if was.status != new.status {
      restated += 1
      if !new.takesStatusUpdate { updateSuffices = false }
    }
  }

  var isNothing: Bool { added + removed + changed + restated == 0 }

  /// Whether a status update says all of it.
  var isStatusOnly: Bool { added + removed + changed == 0 && restated > 0 && updateSuffices }

  /// The share of the accepted products, in percent, that goes or becomes unavailable.
  var drop: Double { before == 0 ? 0 : Double(removed + closed) * 100 / Double(before) }

  /// `2 new, 1 gone, 3 changed`.
  var words: String {
    let parts = [
      (added, "new"), (removed, "gone"), (changed, "changed"), (restated, "with another status"),
    ]
    let shown = parts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    return shown.isEmpty ? "no difference" : shown.joined(separator: ", ")
  }
}

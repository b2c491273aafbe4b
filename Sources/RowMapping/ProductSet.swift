import Records

/// The products of one store, each id once.
///
/// It holds hashes, not products: 20 bytes each, so that a million fit into 42 MB. Two ids that
/// share a 64-bit hash would be reported as one id with different products; among a million the
/// chance is one in 37 million.
final class ProductSet {
  enum Insertion {
    case new
    /// The very same product was there.
    case equal
    /// A different product has this id; it stands on that line.
    case different(line: Int)
  }

  /// Id and content stand together, because memory answers more slowly than anything here counts.
  private struct Entry {
    var id: UInt64
    var content: UInt64
  }

  @exclusivity(unchecked) private var entries: [Entry]
  @exclusivity(unchecked) private var lines: [UInt32]
  @exclusivity(unchecked) private(set) var count = 0

  init() {
    entries = Array(repeating: Entry(id: 0, content: 0), count: 64)
    lines = Array(repeating: 0, count: 64)
  }

  /// What inserting it would give.
  func look(id: Bytes, product: Bytes) -> Insertion {
    look(slot(of: Self.key(id)), product.hash64())
  }

  func insert(id: Bytes, product: Bytes, line: Int) -> Insertion {
    if count * 5 >= entries.count * 4 { grow() }
    let entry = Entry(id: Self.key(id), content: product.hash64())
    let slot = slot(of: entry.id)
    let found = look(slot, entry.content)
    guard case .new = found else { return found }
    entries[slot] = entry
    lines[slot] = UInt32(clamping: line)
    count += 1
    return .new
  }

  func contains(_ id: Bytes) -> Bool { entries[slot(of: Self.key(id))].id != 0 }

  private static func key(_ id: Bytes) -> UInt64 { max(1, id.hash64()) }

  private func look(_ slot: Int, _ content: UInt64) -> Insertion {
    if entries[slot].id == 0 { return .new }
    return entries[slot].content == content ? .equal : .different(line: Int(lines[slot]))
  }

  private func slot(of key: UInt64) -> Int {
    let mask = entries.count - 1
    var slot = Int(truncatingIfNeeded: key) & mask
    while entries[slot].id != 0, entries[slot].id != key { slot = (slot + 1) & mask }
    return slot
  }

  private func grow() {
    let (oldEntries, oldLines) = (entries, lines)
    entries = Array(repeating: Entry(id: 0, content: 0), count: oldEntries.count * 2)
    lines = Array(repeating: 0, count: entries.count)
    for index in oldEntries.indices where oldEntries[index].id != 0 {
      let slot = slot(of: oldEntries[index].id)
      entries[slot] = oldEntries[index]
      lines[slot] = oldLines[index]
    }
  }
}

import Records

/// The products of one store, each id once.
///
/// It holds hashes, not products: 24 bytes each, and a table of 32-bit places that stays small
/// enough for the processor's caches, since every product looks into it at random. Two ids that
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

  private struct Entry {
    let id: UInt64
    let content: UInt64
    let line: Int
  }

  /// In the order in which they came.
  @exclusivity(unchecked) private var entries: [Entry] = []
  /// An entry's number, from 1, in the low bits, and in the others bits of its id, so that the
  /// entries of other ids need seldom be looked at; 0 is free.
  @exclusivity(unchecked) private var table = [UInt32](repeating: 0, count: 64)

  var count: Int { entries.count }

  /// What inserting it would give.
  func look(id: Bytes, product: Bytes) -> Insertion {
    look(table[slot(of: id.hash64())], product.hash64())
  }

  func insert(id: Bytes, product: Bytes, line: Int) -> Insertion {
    if count * 5 >= table.count * 4 { grow() }
    let id = id.hash64()
    // Before the product is hashed, so that the processor does that while it waits for the table.
    let slot = slot(of: id)
    let content = product.hash64()
    let found = look(table[slot], content)
    guard case .new = found else { return found }
    entries.append(Entry(id: id, content: content, line: line))
    table[slot] = place(of: id, number: entries.count)
    return .new
  }

  func contains(_ id: Bytes) -> Bool { table[slot(of: id.hash64())] != 0 }

  private func look(_ place: UInt32, _ content: UInt64) -> Insertion {
    if place == 0 { return .new }
    let entry = entries[number(at: place) - 1]
    return entry.content == content ? .equal : .different(line: entry.line)
  }

  private var mask: Int { table.count - 1 }

  private func number(at place: UInt32) -> Int { Int(place) & mask }

  private func place(of id: UInt64, number: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: id >> 32) & ~UInt32(truncatingIfNeeded: mask)
      | UInt32(truncatingIfNeeded: number)
  }

  /// Where an id stands in the table, or would.
  private func slot(of id: UInt64) -> Int {
    var slot = Int(truncatingIfNeeded: id) & mask
    while true {
      let place = table[slot]
      if place == 0 { return slot }
      let number = number(at: place)
      if place == self.place(of: id, number: number), entries[number - 1].id == id { return slot }
      slot = (slot + 1) & mask
    }
  }

  private func grow() {
    table = [UInt32](repeating: 0, count: table.count * 2)
    for (index, entry) in entries.enumerated() {
      table[slot(of: entry.id)] = place(of: entry.id, number: index + 1)
    }
  }
}

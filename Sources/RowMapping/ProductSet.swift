import CLinux
import Glibc
import Records

/// The products of one store, each id once.
///
/// It holds hashes, not products: 24 bytes each, and a table of 32-bit places that stays small,
/// since every product looks into it at random. Two ids that share a 64-bit hash would be reported
/// as one id with different products; among a million the chance is one in 37 million.
final class ProductSet {
  enum Insertion {
    case new
    /// The very same product was there.
    case equal
    /// A different product has this id; it stands on that line.
    case different(line: Int)
  }

  /// What stands for an id.
  struct Key {
    fileprivate let hash: UInt64

    init(_ id: Bytes) { hash = id.hash64() }
  }

  private struct Entry {
    let id: UInt64
    let content: UInt64
    let line: Int
  }

  /// In the order in which they came. From the C library, whose `realloc` moves large blocks by
  /// their pages, without copying.
  @exclusivity(unchecked) private var entries: UnsafeMutablePointer<Entry>
  @exclusivity(unchecked) private(set) var count = 0
  /// An entry's number, from 1, in the low bits, and in the others bits of its id, so that the
  /// entries of other ids need seldom be looked at; 0 is free.
  @exclusivity(unchecked) private var table: UnsafeMutablePointer<UInt32>
  /// The table's size, a power of two, less one.
  @exclusivity(unchecked) private var mask = 63

  init() {
    (entries, table) = (Self.entries(nil, for: mask), Self.table(mask))
  }

  deinit {
    free(entries)
    free(table)
  }

  /// Has the processor fetch what a product of this id will be compared with: for many products
  /// that takes as long as half of the product.
  func expect(_ key: Key) { linux_prefetch(table + home(of: key.hash)) }

  /// What inserting it would give.
  func look(_ key: Key, product: Bytes) -> Insertion {
    look(table[slot(of: key.hash)], product.hash64())
  }

  func insert(_ key: Key, product: Bytes, line: Int) -> Insertion {
    if count >= Self.capacity(mask) { grow() }
    let content = product.hash64()
    let slot = slot(of: key.hash)
    let found = look(table[slot], content)
    guard case .new = found else { return found }
    entries[count] = Entry(id: key.hash, content: content, line: line)
    count += 1
    table[slot] = place(of: key.hash, number: count)
    return .new
  }

  func contains(_ id: Bytes) -> Bool { table[slot(of: Key(id).hash)] != 0 }

  private func look(_ place: UInt32, _ content: UInt64) -> Insertion {
    if place == 0 { return .new }
    let entry = entries[number(at: place) - 1]
    return entry.content == content ? .equal : .different(line: entry.line)
  }

  private func number(at place: UInt32) -> Int { Int(place) & mask }

  private func place(of id: UInt64, number: Int) -> UInt32 {
    UInt32(truncatingIfNeeded: id >> 32) & ~UInt32(truncatingIfNeeded: mask)
      | UInt32(truncatingIfNeeded: number)
  }

  /// Where an id stands in the table if nothing else stands there.
  private func home(of id: UInt64) -> Int { Int(truncatingIfNeeded: id) & mask }

  /// Where an id stands in the table, or would.
  private func slot(of id: UInt64) -> Int {
    var slot = home(of: id)
    while true {
      let place = table[slot]
      if place == 0 { return slot }
      let number = number(at: place)
      if place == self.place(of: id, number: number), entries[number - 1].id == id { return slot }
      slot = (slot + 1) & mask
    }
  }
}

/// Room.
extension ProductSet {
  /// So many products does a table hold; a fifth of it stays free.
  private static func capacity(_ mask: Int) -> Int { (mask + 1) / 5 * 4 }

  private func grow() {
    mask = mask * 2 + 1
    free(table)
    (entries, table) = (Self.entries(entries, for: mask), Self.table(mask))
    for index in 0..<count {
      var slot = home(of: entries[index].id)
      while table[slot] != 0 { slot = (slot + 1) & mask }
      table[slot] = place(of: entries[index].id, number: index + 1)
    }
  }

  private static func entries(
    _ old: UnsafeMutablePointer<Entry>?, for mask: Int
  ) -> UnsafeMutablePointer<Entry> {
    let size = capacity(mask) * MemoryLayout<Entry>.stride
    return found(realloc(old, size), size).assumingMemoryBound(to: Entry.self)
  }

  private static func table(_ mask: Int) -> UnsafeMutablePointer<UInt32> {
    let size = MemoryLayout<UInt32>.stride
    return found(calloc(mask + 1, size), size).assumingMemoryBound(to: UInt32.self)
  }

  private static func found(_ memory: UnsafeMutableRawPointer?, _ size: Int)
    -> UnsafeMutableRawPointer
  {
    guard let memory else { preconditionFailure("no memory for \(size) bytes") }
    return memory
  }
}

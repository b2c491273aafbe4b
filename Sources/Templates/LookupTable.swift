package import Records

/// A table of a mapping: the words of the POS and what they mean.
///
/// Open addressing over bytes, because a look-up happens for every row.
package final class LookupTable {
  package let name: String
  /// Its words as they stand in the mapping.
  package let words: [TableWord]
  private let storage = ByteOutput()
  @exclusivity(unchecked) private var entries: [Entry] = []
  @exclusivity(unchecked) private var slots: [Int32]
  private var guesses = 0

  private struct Entry {
    var key: Range<Int>
    var value: Range<Int>
  }

  /// - Parameter words: in order; of equal keys the first counts, so the caller reports the rest.
  package init(name: String, words: [TableWord]) {
    self.name = name
    self.words = words
    var size = 16
    while size < words.count * 2 { size *= 2 }
    slots = [Int32](repeating: -1, count: size)
    for word in words { insert(word.key, word.value) }
  }

  package var isEmpty: Bool { entries.isEmpty }

  package var keys: [String] { entries.map { view($0.key).text } }

  /// What stands for this word, whatever is in it that nobody sees; the view holds as long as the
  /// table.
  package func value(for key: Bytes) -> Bytes? {
    let index = slots[slot(of: key)]
    if index >= 0 { return view(entries[Int(index)].value) }
    guard let clean = CleanText.cleaned(key, keeping: .nothing) else { return nil }
    let again = Bytes.withBytes(of: clean) { slots[slot(of: $0)] }
    return again < 0 ? nil : view(entries[Int(again)].value)
  }

  /// The word that was most likely meant.
  ///
  /// Each guess compares the word with all others, so a large table makes none, and no table makes
  /// more than a person reads.
  func guess(for word: Bytes) -> String? {
    guard entries.count <= 1000, guesses < 100 else { return nil }
    guesses += 1
    return nearest(to: word.text, among: keys)
  }

  private func insert(_ key: String, _ value: String) {
    let entry = Entry(
      key: store(CleanText.cleaned(key, keeping: .nothing)), value: store(value))
    let slot = slot(of: view(entry.key))
    guard slots[slot] < 0 else { return }
    slots[slot] = Int32(entries.count)
    entries.append(entry)
  }

  private func store(_ text: String) -> Range<Int> {
    let from = storage.count
    storage.append(text: text)
    return from..<storage.count
  }

  private func view(_ range: Range<Int>) -> Bytes {
    storage.bytes.slice(range.lowerBound, range.upperBound)
  }

  private func slot(of key: Bytes) -> Int {
    let mask = slots.count - 1
    var slot = Int(truncatingIfNeeded: key.hash64()) & mask
    while slots[slot] >= 0, view(entries[Int(slots[slot])].key) != key { slot = (slot + 1) & mask }
    return slot
  }
}

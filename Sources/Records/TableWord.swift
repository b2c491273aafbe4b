/// A word of a mapping's table and what it means.
package struct TableWord: Hashable, Sendable {
  package var key: String
  package var value: String
  /// Where it stands, in the mapping or in a file beside it.
  package var place: Place

  package init(key: String, value: String, place: Place = Place()) {
    self.key = key
    self.value = value
    self.place = place
  }
}

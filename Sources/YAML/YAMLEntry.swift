package import Records

/// A key and its value; the place is the key's.
package struct YAMLEntry: Sendable {
  package let key: String
  package let place: Place
  package let value: YAMLNode

  package init(key: String, place: Place, value: YAMLNode) {
    self.key = key
    self.place = place
    self.value = value
  }
}

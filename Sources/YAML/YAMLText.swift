package import Records

/// A scalar with its place.
package struct YAMLText: Sendable, Hashable {
  package let text: String
  package let place: Place
  /// Whether it stood without quotes.
  package let isPlain: Bool

  package init(text: String, place: Place, isPlain: Bool) {
    self.text = text
    self.place = place
    self.isPlain = isPlain
  }
}

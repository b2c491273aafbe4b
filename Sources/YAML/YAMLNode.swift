package import Records

/// A value of a YAML file that knows where it stands.
package struct YAMLNode: Sendable {
  package enum Content: Sendable {
    /// Every scalar is its text: `yes`, `007` and `1e3` keep their letters. What is not plain
    /// stood in quotes or in a block (`|`, `>`).
    case scalar(String, isPlain: Bool)
    case list([YAMLNode])
    case mapping([YAMLEntry])
  }

  package let content: Content
  /// File, line and position (both from 1) of its first character.
  package let place: Place
  /// Whether it is written with `[…]` or `{…}`.
  package let isFlow: Bool

  package init(content: Content, place: Place, isFlow: Bool = false) {
    self.content = content
    self.place = place
    self.isFlow = isFlow
  }

  /// The text of a scalar; nothing for a list or a mapping.
  package var text: YAMLText? {
    guard case .scalar(let text, let isPlain) = content else { return nil }
    return YAMLText(text: text, place: place, isPlain: isPlain)
  }

  /// Whether nothing is written here, as after `key:`.
  package var isAbsent: Bool {
    if case .scalar("", isPlain: true) = content { return true }
    return false
  }

  /// What it is, in words: `a text`, `a list`, `keys with values`.
  package var kindInWords: String {
    switch content {
    case .scalar: isAbsent ? "nothing" : "a text"
    case .list: "a list"
    case .mapping: "keys with values"
    }
  }
}

/// A key as text, PEM or Base64, and where it came from. Nothing prints the text: it may be a
/// secret.
package struct KeyText: Sendable, Hashable, CustomStringConvertible, CustomReflectable {
  package let text: String
  /// The file as the user wrote it, the variable, or the key of connector.yaml.
  package let origin: String

  package init(text: String, origin: String) {
    self.text = text
    self.origin = origin
  }

  package var description: String { "key from \(origin)" }

  package var customMirror: Mirror { Mirror(self, children: ["origin": origin]) }
}

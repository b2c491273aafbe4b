/// What began under settings that do not hold any more, and never went out.
package struct LeftBehind: Hashable, Sendable {
  package let scope: Scope
  /// How many files for the POS are still to be written, and changes to be told to D-Store.
  package let count: Int
}

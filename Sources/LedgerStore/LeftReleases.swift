/// What was taken under settings that do not hold any more, and never reached the POS.
package struct LeftReleases: Hashable, Sendable {
  package let scope: Scope
  /// How many files are still to be written.
  package let count: Int
}

package import Records

/// Calls that D-Store signed and that were refused, of some time.
package struct RefusedCalls: Hashable, Sendable {
  package struct Entry: Hashable, Sendable {
    /// As it came the last time.
    package let call: RefusedCall
    /// How often the same came.
    package let count: Int
  }

  /// How many different ones there are.
  package let total: Int
  /// The newest of them, newest first.
  package let latest: [Entry]
}

/// Calls that bear D-Store's client id and whose signatures do not prove it, since one was verified.
package struct UnverifiedCalls: Hashable, Sendable {
  package var count: Int
  /// In milliseconds since 1970.
  package let firstAt: Int64
  /// In milliseconds since 1970.
  package var lastAt: Int64

  package init(count: Int, firstAt: Int64, lastAt: Int64) {
    self.count = count
    self.firstAt = firstAt
    self.lastAt = lastAt
  }
}

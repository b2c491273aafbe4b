package import Records

/// One try to hand a request over.
package struct Attempt: Hashable, Sendable {
  /// In milliseconds since 1970.
  package let at: Int64
  /// Texts from outside are cut to 500 characters.
  package let delivery: Delivery
}

/// How long a request may take.
package struct Patience: Hashable, Sendable {
  /// Seconds until a connection stands.
  package var connect = 10
  /// Seconds for the whole request with an empty body.
  package var whole = 60
  /// The slowest upload that is waited for.
  package var bytesPerSecond = 50_000
  /// Seconds that no request may exceed.
  package var longest = 3600

  package init() {}

  /// Seconds for the whole request with a body of `size` bytes.
  package func seconds(forSize size: Int) -> Int {
    min(whole + size / max(bytesPerSecond, 1), max(longest, whole))
  }
}

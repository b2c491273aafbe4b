extension Array where Element: AnyObject {
  /// Runs `body` for each element without counting a reference to it, which in the innermost loops
  /// costs as much as their work.
  ///
  /// The array itself must outlive the call, as that of a constant property does.
  @inlinable package func forEachBorrowed(_ body: (Element) -> Void) {
    for index in indices { borrowing(index, body) }
  }

  /// Runs `body` for one element in that way.
  @inlinable package func borrowing<Result>(
    _ index: Int, _ body: (Element) -> Result
  ) -> Result {
    Unmanaged.passUnretained(self[index])._withUnsafeGuaranteedRef(body)
  }
}

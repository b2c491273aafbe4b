/// What lies around a ledger.
package struct LedgerSurroundings: Sendable {
  /// A second folder for the ledger's mark, on the disk of the inbox.
  let markFolder: String
  /// Names something that only a ledger leaves behind; `nil` where nothing of that kind is there.
  let trace: @Sendable () -> String?

  /// - Parameters:
  ///   - markFolder: the path of a folder of our own; made where it is missing.
  ///   - trace: finds something that only a ledger leaves behind, such as a request's body, and
  ///     gives its path for people; `nil` where there is none.
  package init(markFolder: String, trace: @escaping @Sendable () -> String?) {
    self.markFolder = markFolder
    self.trace = trace
  }
}

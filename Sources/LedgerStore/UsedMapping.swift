/// A mapping that has made files of a store's orders, or of changes of them.
package struct UsedMapping: Hashable, Sendable {
  /// `nil` where it was there and has made none yet, of whatever account.
  package let account: String?
  /// `nil` also where an earlier version has not recorded it.
  package let store: String?
  /// What the mapping calls it.
  package let kind: String
  package let name: String
  /// Whether a person said that orders go without it from now on, as it is there no more.
  package var isGivenUp: Bool

  package init(
    account: String?, store: String? = nil, kind: String, name: String, isGivenUp: Bool = false
  ) {
    self.account = account
    self.store = store
    self.kind = kind
    self.name = name
    self.isGivenUp = isGivenUp
  }
}

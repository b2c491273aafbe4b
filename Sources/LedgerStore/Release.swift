/// An order, or a change of one, on its way to the POS as one file.
package struct Release: Hashable, Sendable {
  package enum State: String, Sendable {
    /// It is recorded; nothing of it is in the outbox under a name that the POS looks at.
    case stored
    /// The POS may have been given it before the ledger was copied back; a person decides.
    case held
    /// Its temporary file is whole, and about to get its final name.
    case releasing
    /// The POS has been given it.
    case released
  }

  package let id: Int64
  package let order: HeldOrder
  /// The change that it is about; nothing where it is about the order itself.
  package let change: HeldChange?
  package let state: State
  /// Where it is, or is to go, and what the file is; nothing as long as it is stored.
  package let file: ReleaseFile?
  /// How often it could not go.
  package let tries: Int
  /// Why it could not go the last time.
  package let reason: String?
  /// Not to be tried again before, in milliseconds since 1970; nothing where it may be at once.
  package let nextTryAt: Int64?
  /// A person asked for it, and the POS may have the order already.
  package let isRepeat: Bool
  /// A person asked for it as D-Store's own JSON, whatever the mappings say.
  package var isPlain = false
  /// In milliseconds since 1970.
  package let releasedAt: Int64?
}

/// What a person must look at, and what goes on by itself but has not ended. Oldest first.
package struct Attention: Hashable, Sendable {
  /// Rejected files that no good file of the same mapping followed.
  package let rejected: [FileRecord]
  /// Files that a guard holds back and that no good file of the same mapping followed.
  package let held: [FileRecord]
  /// Files that went on without some of what they say, and that no good file of the same mapping
  /// followed.
  package let partial: [FileRecord]
  /// Requests that D-Store refused, or that were given up, with none accepted for the same store
  /// since.
  package let refused: [SyncRequest]
  /// Requests that will be tried again.
  package let open: [SyncRequest]

  /// Nothing needs a person; requests that are open may still go on by themselves.
  package var isEmpty: Bool { [rejected, held, partial].allSatisfy(\.isEmpty) && refused.isEmpty }
}

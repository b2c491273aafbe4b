import Glibc
package import Records

/// What stands in the inbox at one moment.
package struct InboxListing: Sendable {
  /// By name, digits compared as numbers.
  package internal(set) var files: [Candidate] = []
  /// What an earlier run took and did not file away.
  package internal(set) var leftovers: [WorkFile] = []
  /// What nobody can read: links, pipes, devices, names that are no text, closed folders.
  package internal(set) var problems: [Problem] = []
}

extension Inbox {
  /// Lists every file that is not filed away, in all folders but `archive`, `rejected` and `held`.
  ///
  /// Nothing is opened, and no mapping is asked: a file that none of them matches is listed too,
  /// because it must not be dropped silently. Hidden and half-copied files and markers are passed
  /// over (``FileNames/isPassedOver(_:)``). Links are not followed.
  package func listing() throws(Problem) -> InboxListing {
    if let problem = problems(needing: R_OK | X_OK).first { throw problem }
    var walk = FolderWalk(inbox: self)
    walk.enter("", depth: 0)
    walk.listing.files.sort { naturalOrder($0.name, $1.name) }
    walk.listing.leftovers = Self.withoutMarkers(walk.listing.leftovers)
    return walk.listing
  }

  /// What an earlier run took and did not file away; quicker than ``listing()``.
  package func leftovers() throws(Problem) -> [WorkFile] {
    if let problem = problems(needing: R_OK | X_OK).first { throw problem }
    var walk = FolderWalk(inbox: self, skipsFiles: true)
    walk.enter("", depth: 0)
    return Self.withoutMarkers(walk.listing.leftovers)
  }

  /// A marker goes where its file goes; it counts only where it stands alone.
  private static func withoutMarkers(_ found: [WorkFile]) -> [WorkFile] {
    let markers = Set(found.map { $0.path + FileNames.marker })
    return found.filter { !markers.contains($0.path) }
      .sorted { naturalOrder($0.path, $1.path) }
  }
}

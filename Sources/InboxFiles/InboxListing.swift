import Glibc
package import Records

/// What stands in the inbox at one moment.
package struct InboxListing: Sendable {
  /// By name, digits compared as numbers.
  package internal(set) var files: [Candidate] = []
  /// Named as markers are, with no file that they would declare complete.
  var loneMarkers: [Candidate] = []
  /// The names of all of these.
  package var names: Set<String> { Set((files + loneMarkers).map(\.name)) }
  /// What an earlier run took and did not file away.
  package internal(set) var leftovers: [WorkFile] = []
  /// What nobody can read: links, pipes, devices, names that are no text, closed folders.
  package internal(set) var problems: [Problem] = []
}

extension InboxListing {
  /// The files that are looked at on behalf of mappings, by name.
  ///
  /// - Parameter patterns: of their `files`. A lone marker may be one that came before its file; it
  ///   counts as a file only for a pattern that ends as its name does.
  package func files(for patterns: [String]) -> [Candidate] {
    let meant = loneMarkers.filter { marker in
      patterns.contains {
        FileNames.isMarker($0) && Inbox.matches(marker.name, pattern: $0)
      }
    }
    return meant.isEmpty ? files : (files + meant).sorted { naturalOrder($0.name, $1.name) }
  }

  fileprivate mutating func setMarkersApart() {
    let markers = files.filter { FileNames.isMarker($0.name) }
    guard !markers.isEmpty else { return }
    let declared = Set(files.map { ($0.name + FileNames.marker).lowercased() })
    loneMarkers = markers.filter { !declared.contains($0.name.lowercased()) }
    files.removeAll { FileNames.isMarker($0.name) }
  }
}

extension Inbox {
  /// Lists every file that is not filed away, in all folders but `archive`, `rejected` and `held`.
  ///
  /// Nothing is opened, and no mapping is asked: a file that none of them matches is listed too,
  /// because it must not be dropped silently. Hidden and half-copied files are passed over
  /// (``FileNames/isPassedOver(_:)``), and so are markers beside their files. Links are not
  /// followed.
  package func listing() throws(Problem) -> InboxListing {
    if let problem = problems(needing: R_OK | X_OK).first { throw problem }
    var walk = FolderWalk(inbox: self)
    walk.walk()
    walk.listing.problems += ownFolderProblems()
    walk.listing.files.sort { naturalOrder($0.name, $1.name) }
    walk.listing.setMarkersApart()
    walk.listing.leftovers = Self.withoutMarkers(walk.listing.leftovers)
    return walk.listing
  }

  /// What an earlier run took and did not file away; quicker than ``listing()``.
  package func leftovers() throws(Problem) -> [WorkFile] {
    if let problem = problems(needing: R_OK | X_OK).first { throw problem }
    var walk = FolderWalk(inbox: self, skipsFiles: true)
    walk.walk()
    return Self.withoutMarkers(walk.listing.leftovers)
  }

  /// A marker goes where its file goes; it counts only where it stands alone.
  private static func withoutMarkers(_ found: [WorkFile]) -> [WorkFile] {
    let markers = Set(found.map { $0.path + FileNames.marker })
    return found.filter { !markers.contains($0.path) }
      .sorted { naturalOrder($0.path, $1.path) }
  }
}

package import Digests
import DurableFiles
import Glibc
package import Records

/// A file that is ours now, and is read from its folder of work.
package struct ClaimedFile: Hashable, Sendable {
  package let work: WorkFile
  /// As the settled looks saw the content; what is read must have the same.
  package let digest: Digest
  /// The work file's, after it was taken; compared again after reading.
  package let stamp: FileStamp

  package init(work: WorkFile, digest: Digest, stamp: FileStamp) {
    self.work = work
    self.digest = digest
    self.stamp = stamp
  }
}

/// What became of the attempt to take a file.
package enum Claim: Hashable, Sendable {
  case taken(ClaimedFile)
  /// The POS came first; the file is where it was.
  case missed(Readiness)
}

extension Inbox {
  /// Decides where a file will be worked on, so that it can be recorded before it happens.
  ///
  /// That is `.work` of the inbox. Where the file's folder is mounted from elsewhere, which a
  /// rename cannot leave, a file that is to be renamed goes to `.work` beside it.
  package func planClaim(of name: String, by way: WorkFile.Way) -> WorkFile {
    let folder = FilePath.split(name).folder
    let isHere = folder == "." || Mount.of(path(of: folder)) == Mount.of(path)
    return WorkFile(
      taking: name, by: way, id: FileName.random(), in: isHere || way == .copy ? "" : folder)
  }

  /// Takes a file that two looks found whole.
  ///
  /// Afterwards it is compared with `look`. Where the POS replaced it, appended to it or opened it
  /// in between, everything is put back, never over a newer file.
  /// What is taken by a rename is on the disk under its new name when this returns.
  /// - Throws: what the file system refused; the file is where it was then.
  package func claim(
    _ work: WorkFile, look: Look, withMarker: Bool = false
  ) throws(Problem) -> Claim {
    do {
      if let claim = try take(work, look, withMarker: withMarker) { return claim }
    } catch {
      _ = try putBack(work)
      if error.isMissing { return .missed(.gone) }
      throw error.told(.taken, path(of: work.name)).problem
    }
    _ = try putBack(work)
    return .missed(.growing(.changed))
  }

  /// Whether a claimed file is still as it was when it was taken; asked after reading, because a
  /// POS that had it open before can write to it wherever it is.
  package func isUnchanged(_ file: ClaimedFile) throws(Problem) -> Bool {
    try explained { () throws(FileFault) in
      try FileStatus.of(path(of: file.work.path))?.stamp == file.stamp
    }
  }

  /// Gives claimed files to readers that take paths. These are good during the call, and lead to
  /// the files' own folders whatever is put in the place of those meanwhile.
  package func withPaths<Result>(
    to files: [ClaimedFile], _ body: ([String]) throws(Problem) -> Result
  ) throws(Problem) -> Result {
    let paths = files.map { path(of: $0.work.path) }
    let folders = try explained { () throws(FileFault) in
      try paths.map { path throws(FileFault) in try Folder.open(path.folder) }
    }
    return try withExtendedLifetime(folders) { () throws(Problem) in
      try body(zip(folders, paths).map { $0.path(to: $1.name) })
    }
  }

  /// - Returns: nothing where it is not the file any more that was looked at.
  private func take(
    _ work: WorkFile, _ look: Look, withMarker: Bool
  ) throws(FileFault) -> Claim? {
    try DurableFile.makeFolders(path(of: work.path).folder, isDurable: false)
    return switch work.way {
    case .rename: try claimByRename(work, look, withMarker: withMarker)
    case .copy: try claimByCopy(work, look)
    }
  }

  private func claimByRename(
    _ work: WorkFile, _ look: Look, withMarker: Bool
  ) throws(FileFault) -> Claim? {
    let original = path(of: work.name)
    let place = path(of: work.path)
    // The folders first: a file whose new name is on the disk, and whose folder's name is not, is
    // lost with a power cut.
    try DurableFile.syncFolders(place.folder.folder)
    // The marker first: one that stayed behind would declare the next, unfinished file complete.
    if withMarker { try Marker.move(from: original, to: place) }
    try DurableFile.rename(original, to: place)
    // Before the disk is waited for, so that a busy POS has little time to come in between.
    guard let stamp = try stampIfUntouched(place, look) else { return nil }
    try DurableFile.syncMove(original, to: place)
    return .taken(ClaimedFile(work: work, digest: look.digest, stamp: stamp))
  }

  /// The renamed file's stamp, unless it is not the one that was looked at any more. The rename
  /// itself sets a new change time.
  private func stampIfUntouched(
    _ place: FilePath, _ look: Look
  ) throws(FileFault) -> FileStamp? {
    let file: OpenFile
    do {
      file = try OpenFile(reading: place)
    } catch {
      // A link or a pipe, or a file that a server has lent out for writing by now.
      guard error.cause == .notAFile || error.cause == .system(EAGAIN) else { throw error }
      return nil
    }
    guard WritersProbe.of(file) != .somebody else { return nil }
    let stamp = try file.status().stamp
    var expected = look.stamp
    expected.changed = stamp.changed
    return stamp == expected ? stamp : nil
  }

  private func claimByCopy(_ work: WorkFile, _ look: Look) throws(FileFault) -> Claim? {
    let place = path(of: work.path)
    let original = try OpenFile(reading: path(of: work.name))
    guard try original.status().stamp == look.stamp,
      try FileCopy.make(of: original, at: place, isDurable: false) == look.digest,
      WritersProbe.of(original) != .somebody,
      try original.status().stamp == look.stamp,
      let stamp = try FileStatus.of(place)?.stamp
    else { return nil }
    return .taken(ClaimedFile(work: work, digest: look.digest, stamp: stamp))
  }
}

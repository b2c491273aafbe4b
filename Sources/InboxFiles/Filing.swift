package import Digests
import DurableFiles
import Glibc
package import Records

extension Inbox {
  /// Decides under what name a file is filed, so that it can be recorded before it is moved.
  ///
  /// A name that is taken gets the beginning of the content's digest:
  /// `archive/2026-01-31/menu-1a2b3c4d5e6f.csv`. Where the file of that name has the same content
  /// the name is given anyway, and ``file(_:to:)`` drops the work file.
  /// - Returns: the name relative to the inbox; nothing where the file is to go.
  package func target(
    for work: WorkFile, digest: Digest? = nil, as destination: Destination
  ) throws(Problem) -> String? {
    let name = FilePath.split(work.name).name
    switch destination {
    case .deleted: return nil
    case .inbox: return work.way == .copy ? nil : try freeName(work.name, for: work.path, digest)
    case .rejected: return try freeName("rejected/\(name)", for: work.path, digest)
    case .held: return try freeName("held/\(name)", for: work.path, digest)
    case .archive(let day): return try freeName("archive/\(day)/\(name)", for: work.path, digest)
    }
  }

  /// A name that a file can be moved to: the one that is wanted, or that with the digest in it.
  ///
  /// - Parameters:
  ///   - source: the file, relative to the inbox.
  ///   - digest: its content's, where it is known; read otherwise, if it is needed at all.
  package func freeName(
    _ wanted: String, for source: String, _ digest: Digest? = nil
  ) throws(Problem) -> String {
    try explained { () throws(FileFault) in
      let file = path(of: source)
      if try isFree(wanted, for: file) { return wanted }
      let content: Digest
      if let digest { content = digest } else { content = try OpenFile(reading: file).digest() }
      for length in [12, 2 * Digest.size] {
        let name = Self.adding("-\(content.hex.prefix(length))", to: wanted)
        if try isFree(name, for: file) { return name }
      }
      throw FileFault(.nameTaken, .moved, path(of: wanted))
    }
  }

  /// Moves a file to where it was decided to go, never over another file, and onto the disk.
  ///
  /// It can be called again after any interruption: a file that is there already is done, and one
  /// whose content stands there already is dropped. The marker of a claimed file goes back to the
  /// inbox with it, and ends with it otherwise.
  /// - Parameters:
  ///   - source: where the file is, relative to the inbox: a work file's `path`, or a name.
  ///   - target: what ``target(for:digest:as:)`` gave; nothing to remove the file.
  /// - Throws: `name-taken` where another file came first: decide again. `file-lost` where it
  ///   stands at neither place.
  package func file(_ source: String, to target: String?) throws(Problem) {
    try explained { () throws(FileFault) in
      let old = path(of: source)
      let work = WorkFile(path: source)
      let isHome = target.flatMap { work?.isHome($0) } ?? false
      // First, so that it is gone from the disk with the file's old name: a marker that came back
      // after a power cut would say of the next export that it is complete.
      if work != nil && !isHome { try DurableFile.remove(Marker.path(for: old)) }
      if let target {
        // What goes back is the POS's own again, who may have it open under a lease.
        try FileMove.move(old, to: path(of: target), savesContent: !isHome)
        if isHome { try Marker.move(from: old, to: path(of: target)) }
      } else {
        try DurableFile.remove(old)
      }
      guard work != nil else { return }
      removeEmptyFolders(above: source)
    }
  }

  /// Puts what an interrupted run took back to where it was found, beside a newer file of that
  /// name; a copy goes. Also for a claim that was planned and never happened.
  ///
  /// - Returns: the name that it has now; nothing where there was nothing to put back.
  package func putBack(_ work: WorkFile) throws(Problem) -> String? {
    let isThere = try explained { () throws(FileFault) in
      if try FileStatus.of(path(of: work.path)) != nil { return true }
      try Marker.move(from: path(of: work.path), to: path(of: work.name))
      return false
    }
    let target = isThere ? try target(for: work, as: .inbox) : nil
    try file(work.path, to: target)
    return target
  }

  /// Removes the folders of work that a file leaves empty behind it.
  private func removeEmptyFolders(above source: String) {
    var folder = path(of: source).folder
    while let parent = try? Folder.openIfThere(folder.folder), parent.removeFolder(folder.name),
      folder.name != WorkFile.folder
    { folder = folder.folder }
  }

  /// Whether a file may have this name: nobody has it, or a file of the same content.
  private func isFree(_ name: String, for file: FilePath) throws(FileFault) -> Bool {
    let other = path(of: name)
    guard try FileStatus.of(other) != nil else { return true }
    return try FileMove.isSame(file, other)
  }

  /// A path whose last part has something before its ending, and room for a report's ending.
  private static func adding(_ suffix: String, to path: String) -> String {
    let parts = FilePath.split(path)
    let name = FileName.adding(
      suffix, to: parts.name, limit: FileName.limit - ProblemReport.longestEnding)
    return parts.folder == "." ? name : "\(parts.folder)/\(name)"
  }
}

extension WorkFile {
  /// Whether a name lies in the folder that the file was found in.
  fileprivate func isHome(_ target: String) -> Bool {
    FilePath.split(target).folder == FilePath.split(name).folder
  }
}

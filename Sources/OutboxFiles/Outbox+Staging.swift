import DurableFiles
import Glibc
package import Records

extension Outbox {
  /// How many files are open at once.
  private static let batch = 64

  /// Writes a file whole to the staging folder of its folder; its content is on the disk then.
  ///
  /// - Throws: `outbox-missing` where the fixed folder is not there; `disk-full` and the like, and
  ///   nothing of it is left then.
  package func stage(_ file: OutboxFile) throws(Problem) -> StagedFile {
    try stage([file])[0].get()
  }

  /// Writes files in that way; many together cost half of one after the other.
  ///
  /// - Returns: one answer for each, in their order.
  package func stage(_ files: [OutboxFile]) -> [Result<StagedFile, Problem>] {
    var homes: [FilePath: StagingFolder] = [:]
    return stride(from: 0, to: files.count, by: Self.batch).flatMap { start in
      let begun = files[start..<min(start + Self.batch, files.count)].map { file in
        Result { () throws(Problem) in try begin(file, &homes) }
      }
      return begun.map { begun in
        begun.flatMap { begun in Result { () throws(Problem) in try end(begun) } }
      }
    }
  }

  /// Waits until the names of staged files are on the disk, once for each folder.
  ///
  /// - Returns: the files for which that is not certain, and why; empty where all is well.
  package func settle(_ staged: [StagedFile]) -> [StagedFile: Problem] {
    sync(staged) { self.home(of: $0) }
  }

  /// Waits until the final names of released files are on the disk, once for each folder.
  ///
  /// - Returns: the files for which that is not certain, and why; empty where all is well.
  package func settleReleased(_ staged: [StagedFile]) -> [StagedFile: Problem] {
    sync(staged) { self.path(of: $0.folder) }
  }

  /// Removes a staged file that is not to be released: somebody else came first, or it could not
  /// be recorded. What cannot be removed now is a stray later.
  package func discard(_ staged: StagedFile) {
    guard staged.isSound, let home = try? Folder.openIfThere(home(of: staged)) else { return }
    try? home.remove(staged.fileName)
    try? home.remove(staged.markerName)
  }

  /// The folder that holds a staged file.
  func home(of staged: StagedFile) -> FilePath {
    path(of: staged.folder).appending(StagingFolder.parent).appending(staged.home)
  }

  /// - Parameter homes: the staging folders that were found so far, by the folder they are in.
  private func begin(
    _ file: OutboxFile, _ homes: inout [FilePath: StagingFolder]
  ) throws(Problem) -> BegunFile {
    if let marker = file.marker { try Self.check(marker) }
    let folder = path(of: file.name).folder
    let floor = path(of: file.fixedFolder)
    do throws(FileFault) {
      if let home = homes[folder] { return try begin(file, in: home) }
      let home = try StagingFolder(for: folder, above: floor)
      homes[folder] = home
      return try begin(file, in: home)
    } catch {
      throw isMissing(floor)
        ? Self.missing(floor) : error.told(.written, path(of: file.name)).problem
    }
  }

  private func begin(
    _ file: OutboxFile, in home: StagingFolder
  ) throws(FileFault) -> BegunFile {
    let temporary = "\(home.name)/\(FileName.random())\(file.marker ?? "")"
    let staged = StagedFile(
      name: file.name, temporary: temporary, device: home.device, inode: home.inode)
    do throws(FileFault) {
      if file.marker != nil { _ = try BegunFile.make(staged.markerName, in: home.folder) }
      let open = try BegunFile.make(staged.fileName, in: home.folder)
      let begun = BegunFile(staged, open, at: path(of: file.name))
      try Bytes.withBytes(of: file.bytes) { bytes throws(FileFault) in
        try begun.open.write(bytes)
      }
      begun.open.beginSync()
      return begun
    } catch {
      discard(staged)
      throw error
    }
  }

  private func end(_ begun: BegunFile) throws(Problem) -> StagedFile {
    do {
      try begun.open.sync()
      return begun.staged
    } catch {
      discard(begun.staged)
      throw error.told(.written, begun.path).problem
    }
  }

  private func sync(
    _ staged: [StagedFile], _ folder: (StagedFile) -> FilePath
  ) -> [StagedFile: Problem] {
    var problems: [StagedFile: Problem] = [:]
    for (path, files) in Dictionary(grouping: staged, by: folder) {
      do {
        try DurableFile.syncFolder(path)
      } catch {
        for file in files { problems[file] = error.problem }
      }
    }
    return problems
  }

  /// A marker is part of a file's name, and may hold only what is safe in one.
  private static func check(_ marker: String) throws(Problem) {
    guard SafeName.isEnding(marker) else {
      throw Problem(
        "marker", value: marker, "the marker is no ending of a file's name",
        remedy: "Write up to 32 letters and digits with a point before them, such as .done.")
    }
  }
}

/// A file whose content was handed to the kernel and may not be on the disk yet.
private final class BegunFile {
  let staged: StagedFile
  let open: OpenFile
  /// Where it will go, for messages.
  let path: FilePath

  init(_ staged: StagedFile, _ open: consuming OpenFile, at path: FilePath) {
    self.staged = staged
    self.open = open
    self.path = path
  }

  /// A new file that its group can read whatever the process's mask takes away; a share that knows
  /// no rights refuses that, and need not be told again.
  static func make(_ name: String, in folder: Folder) throws(FileFault) -> OpenFile {
    let file = try OpenFile(making: name, in: folder, mode: 0o640)
    fchmod(file.descriptor, 0o640)
    return file
  }
}

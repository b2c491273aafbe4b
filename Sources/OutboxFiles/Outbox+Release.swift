import DurableFiles
import Records

extension Outbox {
  /// Gives a staged file its final name, then its marker; never over another file.
  ///
  /// Anybody may ask, at the same time and again after any interruption: what still waits is
  /// renamed, and what does not was released.
  /// - Parameter name: in the folder that the file was staged for.
  package func release(_ staged: StagedFile, as name: String) -> ReleaseOutcome {
    let file = path(of: name)
    do throws(FileFault) {
      let outcome = try tryRelease(staged, as: file)
      // A folder that was away for a moment only is back by now.
      guard case .stagingChanged = outcome, staged.isSound,
        try StagingFolder.holds(staged.fileName, of: staged, at: home(of: staged)) != nil
      else { return outcome }
      return try tryRelease(staged, as: file)
    } catch {
      return .failed(error.told(.moved, file).problem)
    }
  }

  private func tryRelease(
    _ staged: StagedFile, as file: FilePath
  ) throws(FileFault) -> ReleaseOutcome {
    guard staged.isSound else { return unknown(staged, file) }
    let marker = staged.marker.map(file.adding)
    if let marker, try isTaken(marker, while: staged) { return .nameTaken }
    let first = try move(staged.fileName, of: staged, to: file)
    switch first {
    case .elsewhere: return unknown(staged, file)
    case .nameTaken: return .nameTaken
    case .moved, .gone: break
    }
    guard let marker else { return first == .moved ? .released : .alreadyReleased }
    let second = try moveMarker(of: staged, to: marker)
    if second == .elsewhere { return unknown(staged, file) }
    return first == .moved || second == .moved ? .released : .alreadyReleased
  }

  private enum Move {
    case moved
    /// It does not wait any more, and its folder is still the same one.
    case gone
    case nameTaken
    /// Its folder is gone or another one.
    case elsewhere
  }

  private func move(
    _ temporary: String, of staged: StagedFile, to target: FilePath
  ) throws(FileFault) -> Move {
    let home = home(of: staged)
    do {
      try rename(home.appending(temporary), target)
      return .moved
    } catch {
      guard error.cause == .nameTaken || error.isMissing else { throw error }
      // Whoever took the name may have taken it for this very file.
      switch try StagingFolder.holds(temporary, of: staged, at: home) {
      case true?:
        if error.cause == .nameTaken { return .nameTaken }
        throw error
      case false?: return .gone
      case nil: return .elsewhere
      }
    }
  }

  /// The file has its name by now, so the marker has to follow: one that stands there already and
  /// is empty says the same.
  private func moveMarker(
    of staged: StagedFile, to marker: FilePath
  ) throws(FileFault) -> Move {
    let move = try move(staged.markerName, of: staged, to: marker)
    guard move == .nameTaken else { return move }
    let status = try FileStatus.of(marker)
    guard let status, status.isRegular, status.stamp.size == 0 else {
      throw FileFault(.nameTaken, .moved, marker)
    }
    try DurableFile.remove(home(of: staged).appending(staged.markerName))
    return .moved
  }

  /// Whether somebody else's file has the marker's name while the file itself still waits.
  private func isTaken(_ marker: FilePath, while staged: StagedFile) throws(FileFault) -> Bool {
    guard try FileStatus.of(marker) != nil else { return false }
    return try StagingFolder.holds(staged.fileName, of: staged, at: home(of: staged)) ?? false
  }

  /// The folder of the file is missing, and may come back; or it is there and another one.
  private func unknown(_ staged: StagedFile, _ file: FilePath) -> ReleaseOutcome {
    let folder = path(of: staged.folder)
    if isMissing(folder) { return .failed(Self.missing(folder)) }
    return .stagingChanged(
      Problem(
        "staging-changed", at: Place(file: file.shown),
        "nobody can know whether it was released, because the folder in which it waited is not in "
          + "\(folder.shown)/\(StagingFolder.parent) any more",
        remedy: "Mount the disk or share that \(folder.shown) lay on; where that is gone for good, "
          + "look whether the POS has the order, and write it again with `resend` if not."))
  }
}

import Glibc
import InboxFiles
import Records
import TestSupport

/// An inbox in a folder of its own, removed at the end of the test.
final class TestInbox {
  private let folder: TemporaryFolder
  let inbox: Inbox

  var root: String { folder.path }

  init(_ folders: String..., in parent: String = "/tmp") {
    folder = TemporaryFolder(in: parent)
    inbox = Inbox(root: folder.path)
    for name in ["products", "status"] + folders { mkdir(path(name), 0o755) }
  }

  func path(_ name: String) -> String { folder.file(name) }

  @discardableResult
  func write(_ text: String, to name: String, mode: String = "w") -> String {
    guard let file = fopen(path(name), mode) else { return name }
    fputs(text, file)
    fclose(file)
    return name
  }

  func read(_ name: String) -> String? { folder.text(name) }

  func names(in name: String = "") -> [String] { folder.names(in: name) }

  func exists(_ name: String) -> Bool {
    var found = stat()
    return lstat(path(name), &found) == 0
  }

  /// Every file below the inbox, hidden ones too, by name.
  var files: [String] { files("").sorted() }

  func candidate(_ name: String) throws -> Candidate {
    try inbox.listing().files.first { $0.name == name } ?? Candidate(name: name, stamp: .none)
  }

  /// The look of a file that two looks find whole.
  func settledLook(_ name: String) throws -> Look {
    let check = SettleCheck(inbox, [.init(try candidate(name))])
    guard case .whole(let look) = check.readiness()[0] else {
      throw Problem("test", "\(name) is not whole: \(check.readiness()[0])")
    }
    return look
  }

  func claim(_ name: String, by way: WorkFile.Way, withMarker: Bool = false) throws -> ClaimedFile {
    let work = inbox.planClaim(of: name, by: way)
    let claim = try inbox.claim(work, look: settledLook(name), withMarker: withMarker)
    guard case .taken(let file) = claim else { throw Problem("test", "missed: \(claim)") }
    return file
  }

  private func files(_ prefix: String) -> [String] {
    names(in: prefix).flatMap { name in
      isFolder(prefix + name) ? files("\(prefix)\(name)/") : [prefix + name]
    }
  }

  private func isFolder(_ name: String) -> Bool {
    var found = stat()
    return lstat(path(name), &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }
}

extension FileStamp {
  static let none = FileStamp(size: 0, modified: 0, changed: 0, inode: 0, device: 0)
}

import Glibc
import InboxFiles
import Records

/// An inbox in a folder of its own, removed at the end of the test.
final class TestInbox {
  let root: String
  let inbox: Inbox

  init(_ folders: String...) {
    var template = Array("/tmp/inbox-XXXXXX".utf8CString)
    root = mkdtemp(&template).map { String(cString: $0) } ?? "/nowhere"
    inbox = Inbox(root: root)
    for folder in ["products", "status"] + folders { mkdir("\(root)/\(folder)", 0o755) }
  }

  deinit { Self.remove(root) }

  func path(_ name: String) -> String { "\(root)/\(name)" }

  @discardableResult
  func write(_ text: String, to name: String, mode: String = "w") -> String {
    guard let file = fopen(path(name), mode) else { return name }
    fputs(text, file)
    fclose(file)
    return name
  }

  func read(_ name: String) -> String? { Self.content(path(name)) }

  func exists(_ name: String) -> Bool {
    var found = stat()
    return lstat(path(name), &found) == 0
  }

  /// Every file below the inbox, hidden ones too, by name.
  var files: [String] { Self.files(root, "").sorted() }

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

  static func content(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var byte = getc(file)
    while byte != EOF {
      bytes.append(UInt8(truncatingIfNeeded: byte))
      byte = getc(file)
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func entries(_ path: String) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let start = UnsafeRawPointer(entry) + (MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 19)
      names.append(String(cString: start.assumingMemoryBound(to: CChar.self)))
    }
    return names.filter { $0 != "." && $0 != ".." }.sorted()
  }

  private static func isFolder(_ path: String) -> Bool {
    var found = stat()
    return lstat(path, &found) == 0 && found.st_mode & S_IFMT == S_IFDIR
  }

  private static func files(_ root: String, _ prefix: String) -> [String] {
    entries("\(root)/\(prefix)").flatMap { name in
      isFolder("\(root)/\(prefix)\(name)") ? files(root, "\(prefix)\(name)/") : [prefix + name]
    }
  }

  static func remove(_ path: String) {
    if isFolder(path) {
      for name in entries(path) { remove("\(path)/\(name)") }
      rmdir(path)
    } else {
      unlink(path)
    }
  }
}

extension FileStamp {
  static let none = FileStamp(size: 0, modified: 0, changed: 0, inode: 0, device: 0)
}

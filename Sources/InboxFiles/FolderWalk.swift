import DurableFiles
import Glibc
import Records

/// One walk through the inbox, folder by folder.
struct FolderWalk {
  /// How many folders may lie in each other.
  static let depthLimit = 16

  let inbox: Inbox
  /// Whether plain files are passed over, because only folders of work are looked for.
  let skipsFiles: Bool
  var listing = InboxListing()

  init(inbox: Inbox, skipsFiles: Bool = false) {
    self.inbox = inbox
    self.skipsFiles = skipsFiles
  }

  /// Lists a folder and what lies below it.
  ///
  /// - Parameter prefix: the folder's name with a slash behind it; empty for the inbox itself.
  mutating func enter(_ prefix: String, depth: Int) {
    let path = prefix.isEmpty ? inbox.path : inbox.path(of: String(prefix.dropLast()))
    guard depth <= Self.depthLimit else { return refuse(path, .tooDeep) }
    guard let folder = opendir(path.real) else {
      return listing.problems.append(FileFault.last(.read, path).problem)
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = FolderEntries.name(of: entry)
      if name == Self.workFolder { enterWork(prefix + WorkFile.folder, depth: 0) }
      if FileNames.isPassedOver(name) || (depth == 0 && Self.filed.contains(name)) { continue }
      if skipsFiles, entry.pointee.d_type == UInt8(DT_REG) { continue }
      var found = stat()
      let address = UnsafeRawPointer(name.start).assumingMemoryBound(to: CChar.self)
      // What is gone by now was renamed or deleted by its owner.
      guard fstatat(dirfd(folder), address, &found, AT_SYMLINK_NOFOLLOW) == 0 else { continue }
      add(name, FileStatus(found), prefix: prefix, depth: depth)
    }
  }

  private mutating func add(_ name: Bytes, _ status: FileStatus, prefix: String, depth: Int) {
    guard let text = Self.text(of: name) else {
      let shown = inbox.path(of: prefix + Self.escaped(name))
      return refuse(shown, .unreadableName)
    }
    let full = prefix + text
    switch status.kind {
    case .file: listing.files.append(Candidate(name: full, stamp: status.stamp))
    case .folder: enter(full + "/", depth: depth + 1)
    case .link: refuse(inbox.path(of: full), .link)
    case .pipe, .socket: refuse(inbox.path(of: full), .pipe)
    case .device: refuse(inbox.path(of: full), .device)
    }
  }

  /// Lists what stands in a folder of work, which holds nothing but what this program put there.
  private mutating func enterWork(_ prefix: String, depth: Int) {
    guard depth <= Self.depthLimit + 2, let folder = opendir(inbox.path(of: prefix).real) else {
      return
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = FolderEntries.name(of: entry)
      if name == "." || name == ".." { continue }
      let path = "\(prefix)/\(name.text)"
      guard let status = try? FileStatus.of(inbox.path(of: path)) else { continue }
      if status.kind == .folder {
        enterWork(path, depth: depth + 1)
      } else if let file = WorkFile(path: path) {
        listing.leftovers.append(file)
      }
    }
  }

  private mutating func refuse(_ path: FilePath, _ reason: Refusal) {
    listing.problems.append(reason.problem(path))
  }

  private static let workFolder = Bytes(".work")
  private static let filed = [Bytes("archive"), Bytes("rejected"), Bytes("held")]

  /// The name as text; nothing where it is not UTF-8 or holds control characters, which no
  /// message, report or table could show.
  private static func text(of name: Bytes) -> String? {
    if name.buffer.contains(where: { $0 < 0x20 || $0 == 0x7F }) { return nil }
    return String(validating: name.buffer, as: UTF8.self)
  }

  private static func escaped(_ name: Bytes) -> String {
    var text = ""
    for byte in name.buffer {
      let isPlain = byte >= 0x20 && byte < 0x7F
      let digits = String(byte, radix: 16, uppercase: true)
      text += isPlain ? String(UnicodeScalar(byte)) : "\\x\(byte < 16 ? "0" : "")\(digits)"
    }
    return text
  }
}

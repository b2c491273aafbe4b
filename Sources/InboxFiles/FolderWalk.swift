import DurableFiles
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

  /// Lists the whole inbox.
  mutating func walk() {
    do { enter(try Folder.open(inbox.path), "", depth: 0) } catch { tell(error, inbox.path) }
  }

  /// Lists a folder and what lies below it.
  ///
  /// - Parameter prefix: the folder's name with a slash behind it; empty for the inbox itself.
  private mutating func enter(_ folder: Folder, _ prefix: String, depth: Int) {
    guard depth <= Self.depthLimit else { return refuse(folder.path, .tooDeep) }
    do {
      try folder.forEachName { name, isFile in
        if name == Self.workFolder { enterWork(folder, name.text, prefix, depth: 0) }
        if FileNames.isPassedOver(name)
          || (depth == 0 && Self.filed.contains { name.buffer.elementsEqual($0) })
        {
          return
        }
        if skipsFiles, isFile { return }
        let address = UnsafeRawPointer(name.start).assumingMemoryBound(to: CChar.self)
        // What is gone by now was renamed or deleted by its owner.
        guard let status = try? folder.status(of: address) else { return }
        add(name, status, in: folder, prefix, depth: depth)
      }
    } catch {
      tell(error, folder.path)
    }
  }

  private mutating func add(
    _ name: Bytes, _ status: FileStatus, in folder: Folder, _ prefix: String, depth: Int
  ) {
    guard let text = Self.text(of: name) else {
      return refuse(folder.path.appending(Self.escaped(name)), .unreadableName)
    }
    let path = folder.path.appending(text)
    switch status.kind {
    case .file: listing.files.append(Candidate(name: prefix + text, stamp: status.stamp))
    case .folder:
      do {
        enter(try folder.folder(text), prefix + text + "/", depth: depth + 1)
      } catch {
        tell(error, path)
      }
    case .link: refuse(path, .link)
    case .pipe, .socket: refuse(path, .pipe)
    case .device: refuse(path, .device)
    }
  }

  /// Lists what stands in a folder of work, which holds nothing but what this program put there.
  private mutating func enterWork(
    _ parent: Folder, _ name: String, _ prefix: String, depth: Int
  ) {
    guard depth <= Self.depthLimit + 2 else { return }
    do {
      let folder = try parent.folder(name)
      let prefix = prefix + name + "/"
      try folder.forEachName { name, _ in
        let name = name.text
        guard let status = try? folder.status(of: name) else { return }
        if status.kind == .folder {
          enterWork(folder, name, prefix, depth: depth + 1)
        } else if let file = WorkFile(path: prefix + name) {
          listing.leftovers.append(file)
        }
      }
    } catch {
      tell(error, parent.path.appending(name))
    }
  }

  private mutating func tell(_ fault: FileFault, _ path: FilePath) {
    if !fault.isMissing { listing.problems.append(fault.told(.read, path).problem) }
  }

  private mutating func refuse(_ path: FilePath, _ reason: Refusal) {
    listing.problems.append(reason.problem(path))
  }

  private static let workFolder = Bytes(".work")
  private static let filed = Inbox.ownFolders.map { Array($0.utf8) }

  /// The name as text; nothing where it is not UTF-8 or holds control characters, which no
  /// message, report or table could show.
  private static func text(of name: Bytes) -> String? {
    let text = String(validating: name.buffer, as: UTF8.self)
    let hasControls = text?.unicodeScalars.contains { $0.properties.generalCategory == .control }
    return hasControls == false ? text : nil
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

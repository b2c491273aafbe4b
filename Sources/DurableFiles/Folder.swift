import CLinux
import Glibc
package import Records

/// An open folder. What is done in it is done there, whatever stands at its path by then.
///
/// It is reached from its root name by name, and a link on the way is refused, never followed. The
/// folders that this program makes for itself must belong to its user.
package final class Folder: Sendable {
  package let path: FilePath
  package let descriptor: Int32

  /// Opens a folder from its root on.
  package static func open(_ path: FilePath) throws(FileFault) -> Folder {
    guard path.parts.allSatisfy({ isName(String($0)) }) else {
      throw FileFault(.system(EINVAL), .read, path)
    }
    var folder = try Folder(path.root)
    for part in path.parts { folder = try folder.folder(String(part)) }
    return folder
  }

  /// The same for a folder that may be missing.
  ///
  /// - Returns: `nil` where it, or one that it lies in, is not there.
  package static func openIfThere(_ path: FilePath) throws(FileFault) -> Folder? {
    do { return try open(path) } catch {
      if error.isAbsent { return nil }
      throw error
    }
  }

  private init(_ root: FileRoot) throws(FileFault) {
    path = FilePath(root)
    descriptor = Self.descriptor(AT_FDCWD, root.path, O_DIRECTORY)
    if descriptor < 0 { throw .last(.read, path) }
  }

  private init(_ name: String, in parent: Folder) throws(FileFault) {
    path = parent.path.appending(name)
    guard Self.isName(name) else { throw FileFault(.system(EINVAL), .read, path) }
    descriptor = Self.descriptor(parent.descriptor, name, O_DIRECTORY | O_NOFOLLOW)
    if descriptor < 0 { throw Self.fault(errno, name, parent, path) }
    guard path.root.isOwn(path.parts) else { return }
    let owner = try status().owner
    if !isOwn(owner) { throw FileFault(.foreign(path.shown, owner: owner), .read, path) }
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Opens a folder in this one.
  package func folder(_ name: String) throws(FileFault) -> Folder { try Folder(name, in: self) }

  /// What the folder itself is.
  package func status() throws(FileFault) -> FileStatus {
    var found = stat()
    guard fstat(descriptor, &found) == 0 else { throw .last(.read, path) }
    return FileStatus(found)
  }

  /// What stands in it under a name, links not followed; `nil` where nothing does, or where the
  /// name is longer than any file's.
  package func status(of name: UnsafePointer<CChar>) throws(FileFault) -> FileStatus? {
    var found = stat()
    if fstatat(descriptor, name, &found, AT_SYMLINK_NOFOLLOW) == 0 { return FileStatus(found) }
    if [ENOENT, ENOTDIR, ENAMETOOLONG].contains(errno) { return nil }
    throw .last(.read, path.appending(String(cString: name)))
  }

  /// Gives the names in it, but `.` and `..`, in no order; each is valid until the next one.
  ///
  /// - Parameter take: also gets whether the name is a regular file's, as far as the file system
  ///   tells without being asked about each.
  package func forEachName(_ take: (_ name: Bytes, _ isFile: Bool) -> Void) throws(FileFault) {
    let opened = openat(descriptor, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard opened >= 0 else { throw .last(.read, path) }
    guard let folder = fdopendir(opened) else {
      close(opened)
      throw .last(.read, path)
    }
    defer { closedir(folder) }
    while let entry = readdir(folder) {
      let name = Self.name(of: entry)
      if name == Bytes(".") || name == Bytes("..") { continue }
      take(name, entry.pointee.d_type == UInt8(DT_REG))
    }
  }

  /// The names in it, in no order; those that are not UTF-8 are left out.
  package func names(skippingFiles: Bool = false) throws(FileFault) -> [String] {
    var names: [String] = []
    try forEachName { name, isFile in
      if skippingFiles && isFile { return }
      if let text = String(validating: name.buffer, as: UTF8.self) { names.append(text) }
    }
    return names
  }

  /// Makes a folder in it, which is no fault where one is there.
  package func makeFolder(_ name: String) throws(FileFault) {
    let path = path.appending(name)
    // Nobody else has anything to do in the hidden ones.
    let isHidden = path.parts.contains { $0.hasPrefix(".") }
    guard Self.isName(name),
      mkdirat(descriptor, name, isHidden ? 0o700 : 0o777) == 0
        || errno == EEXIST
    else { throw .last(.made, path) }
  }

  /// Removes a file from it; one that is gone already is no fault.
  package func remove(_ name: String) throws(FileFault) {
    guard unlinkat(descriptor, name, 0) == 0 || [ENOENT, ENAMETOOLONG].contains(errno) else {
      throw .last(.removed, path.appending(name))
    }
  }

  /// Removes a folder from it if it is empty.
  ///
  /// - Returns: whether it went.
  package func removeFolder(_ name: String) -> Bool {
    unlinkat(descriptor, name, AT_REMOVEDIR) == 0
  }

  /// Waits until the names in it are on the disk.
  package func sync() throws(FileFault) {
    // Some network file systems cannot sync a folder and say EINVAL; there is nothing to wait for.
    guard fsync(descriptor) == 0 || errno == EINVAL else { throw .last(.saved, path) }
  }

  /// Whether the process may do that in it.
  ///
  /// - Parameter rights: as for access(2).
  package func allows(_ rights: Int32) -> Bool { faccessat(descriptor, ".", rights, 0) == 0 }

  /// A path of a file in it, for a reader that takes paths; good as long as the folder is open.
  /// The kernel leads it to this very folder.
  package func path(to name: String) -> String { "/proc/self/fd/\(descriptor)/\(name)" }

  /// Whether something in it with that owner is this program's own. Where the owner is what the
  /// mount says, or another machine, the owner proves nothing.
  package func isOwn(_ owner: UInt32) -> Bool {
    owner == geteuid() || !LocalFileSystems.keepOwners(descriptor)
  }

  /// Opened for reading where that is allowed, since a folder to be mounted by an automounter is
  /// mounted then; where only passing through is allowed, for that.
  private static func descriptor(_ folder: Int32, _ name: String, _ flags: Int32) -> Int32 {
    let opened = openat(folder, name, O_RDONLY | O_CLOEXEC | flags)
    guard opened < 0, errno == EACCES else { return opened }
    return openat(folder, name, linux_open_path | O_CLOEXEC | flags)
  }

  private static func fault(
    _ number: Int32, _ name: String, _ parent: Folder, _ path: FilePath
  ) -> FileFault {
    let isLink = (try? parent.status(of: name))?.kind == .link
    return FileFault(isLink ? .link(path.shown) : .system(number), .read, path)
  }

  /// Whether a text is one name, which leads to no other folder.
  static func isName(_ text: String) -> Bool {
    text != "." && text != ".." && !text.isEmpty && !text.utf8.contains { $0 == 0x2F || $0 == 0 }
  }

  private static func name(of entry: UnsafeMutablePointer<dirent>) -> Bytes {
    let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) ?? 19
    let start = UnsafeRawPointer(entry) + offset
    let bytes = start.assumingMemoryBound(to: UInt8.self)
    return Bytes(start: bytes, count: strlen(start.assumingMemoryBound(to: CChar.self)))
  }
}
